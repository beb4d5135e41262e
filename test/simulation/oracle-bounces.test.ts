import fc from 'fast-check';
import { expect, it } from 'vitest';
import { suppressionOf } from '../../shared/mailing/feedback/suppression.ts';
import { barredSince, isBarredFor } from './oracle-bounces.ts';

const DAY = 86_400_000;
const policy = { softBounces: { times: 2, per: '14 days' } };
const soft = (mail: string, day: number, notedOn = day) => ({
  ...{ kind: 'soft' as const, mail },
  at: day * DAY,
  notedAt: notedOn * DAY,
});

it('an address is barred since the last of so many mails that did not get in was noted, each mail once', () => {
  expect(barredSince([soft('a', 1), soft('a', 2)], policy)).toBeUndefined();
  expect(barredSince([soft('a', 1), soft('b', 15)], policy)).toBeUndefined();
  expect(barredSince([soft('a', 1), soft('b', 14.9), soft('c', 2, 20)], policy)).toBe(14.9 * DAY);
  expect(barredSince([soft('b', 3), soft('a', 1, 9)], policy)).toBe(9 * DAY);
  expect(barredSince([soft('a', 1), soft('b', 2)], undefined)).toBeUndefined();
});

it('the oracle and what delivers bar the same addresses, for a reason that both know', () => {
  const note = fc.record({
    kind: fc.constantFrom('soft' as const, 'soft' as const, 'soft' as const, 'hard' as const, 'complaint' as const),
    mail: fc.constantFrom('a', 'b', 'c', 'd'),
    at: fc.integer({ min: 0, max: 60 }).map((day) => day * DAY),
    notedAt: fc.integer({ min: 0, max: 90 }).map((day) => day * DAY),
  });
  // A mail comes back once in each way.
  const some = fc.uniqueArray(note, { maxLength: 6, selector: ({ kind, mail }) => `${kind} ${mail}` });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 3 }), (notes, times) => {
      const found = suppressionOf(notes, { times, per: 14 * DAY });
      const asked = { softBounces: { times, per: '14 days' } };
      expect(barredSince(notes, asked) === undefined).toBe(found === undefined);
      if (found) expect(isBarredFor(found, notes, asked)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
