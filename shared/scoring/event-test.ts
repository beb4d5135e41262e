import type { ActivityEvent } from '../../events/envelope.ts';
import { everyOf, someOf } from '../kernel/predicates.ts';
import type { EventCondition } from './condition.ts';
import { dataTest } from './data-test.ts';
import type { FirstCondition } from './history-condition.ts';
import { memberTest, type Reading } from './member-test.ts';
import { inGeneral } from './past.ts';
import type { Standing } from './standing.ts';

/** A test of an event that has just come, and of the member's standing just before it counts. */
export type EventTest = (event: ActivityEvent, standing: Standing) => boolean;

const isOfType =
  (type: string): EventTest =>
  (event) =>
    event.type === type;

/** The event is of the kind that was never before. */
const firstTest = (condition: FirstCondition, reading: Reading): EventTest => {
  const { first, where } = condition;
  const before = memberTest(inGeneral(condition), reading);
  return everyOf([
    isOfType(first),
    ...(where ? [eventTest(where, reading)] : []),
    ({ time }, standing) => before.holds(standing, time),
  ]);
};

/** A rule's `where`, ready to be asked. */
export const eventTest = (condition: EventCondition, reading: Reading): EventTest => {
  if ('all' in condition) {
    return everyOf(condition.all.map((one) => eventTest(one, reading)));
  }
  if ('any' in condition) {
    return someOf(condition.any.map((one) => eventTest(one, reading)));
  }
  if ('not' in condition) {
    const test = eventTest(condition.not, reading);
    return (event, standing) => !test(event, standing);
  }
  if ('field' in condition) {
    return dataTest(condition, reading.timeZone);
  }
  if ('first' in condition) return firstTest(condition, reading);
  const test = memberTest('after' in condition ? inGeneral(condition) : condition, reading);
  return ({ time }, standing) => test.holds(standing, time);
};
