import type { ActivityEvent } from '../../events/envelope.ts';
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
    const tests = condition.all.map((one) => eventTest(one, reading));
    return (event, standing) => tests.every((test) => test(event, standing));
  }
  if ('any' in condition) {
    const tests = condition.any.map((one) => eventTest(one, reading));
    return (event, standing) => tests.some((test) => test(event, standing));
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
