import type { ActivityEvent } from '../../events/envelope.ts';
import { everyOf, someOf } from '../kernel/predicates.ts';
import type { EventCondition } from './condition.ts';
import { dataTest } from './data-test.ts';
import { memberTest, type Reading } from './member-test.ts';
import { inGeneral } from './past.ts';
import type { Standing } from './standing.ts';

/** A test of an event that has just come, and of the member's standing just before it counts. */
export type EventTest = (event: ActivityEvent, standing: Standing) => boolean;

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
  const test = memberTest('first' in condition || 'after' in condition ? inGeneral(condition) : condition, reading);
  return ({ time }, standing) => test.holds(standing, time);
};
