import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formulaOf } from '../../shared/model/formula.ts';
import { possible } from '../../shared/model/possible.ts';
import { reachOf } from '../../shared/model/reach.ts';
import { compile } from '../../shared/scoring/compile.ts';
import type { DataCondition } from '../../shared/scoring/data-condition.ts';
import { dataTest } from '../../shared/scoring/data-test.ts';
import { evolve, NOBODY } from '../../shared/scoring/evolve.ts';
import { Model } from '../../shared/scoring/model.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { history } from '../support/arbitrary.ts';
import { document } from '../support/given.ts';

const scalar = fc.constantFrom<(string | number | boolean)[]>('a', 'b', 'c', 1, 2, 3, 2.5, true, false);
const field = fc.constantFrom('x', 'y');
const span = fc.constantFrom('0 days', '1 day', '30 days', '31 days', '1 month', '2 months', '1 year');
const leaf: fc.Arbitrary<DataCondition> = fc.oneof(
  fc.record({ field, eq: scalar }),
  fc.record({ field, ne: scalar }),
  fc.record({ field, in: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ field, gt: fc.constantFrom(1, 2) }),
  fc.record({ field, gte: fc.constantFrom(1, 2), lt: fc.constantFrom(2, 3) }),
  fc.record({ field, lte: fc.constantFrom(1, 2.5) }),
  fc.record({ field, exists: fc.boolean() }),
  fc.record({ field, contains: fc.constantFrom('a', 'b') }),
  fc.record({ field, containsAny: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 2 }) }),
  fc.record({ field, withinNext: span, olderThan: span }, { requiredKeys: ['field', 'withinNext'] }),
  fc.record({ field, withinLast: span, beyondNext: span }, { requiredKeys: ['field', 'beyondNext'] }),
  fc.record({ field, olderThan: span }),
  fc.record({ field, withinLast: span }),
);
const { condition } = fc.letrec<{ condition: DataCondition }>((tie) => {
  const several = fc.array(tie('condition'), { minLength: 1, maxLength: 3 });
  return {
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      several.map((all) => ({ all })),
      several.map((any) => ({ any })),
      tie('condition').map((not) => ({ not })),
    ),
  };
});
const value = fc.oneof(
  scalar,
  fc.constant(null),
  fc.integer({ min: -400, max: 400 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10)),
  fc.array(scalar, { maxLength: 3 }),
  fc.double({ noNaN: true }),
  fc.string(),
);
const data = fc.record({ x: value, y: value }, { requiredKeys: [] });

describe('what cannot be', () => {
  it('is never found in any data', () =>
    fc.assert(
      fc.property(condition, data, (asked, given) => {
        if (dataTest(asked, 'UTC')({ data: given, time: 0 })) expect(possible(formulaOf(asked))).toBe(true);
      }),
      { numRuns: 3000 },
    ));

  it('is found out in a contradiction of any condition and its opposite', () =>
    fc.assert(
      fc.property(condition, (asked) => {
        expect(possible(formulaOf({ all: [asked, { not: asked }] }))).toBe(false);
      }),
    ));
});

const period = fc.constantFrom('1 day', '7 days', '30 days', 'calendar day', 'calendar week', 'calendar month');
const cap = fc.record(
  { times: fc.integer({ min: 1, max: 4 }), points: fc.constantFrom(5, 12.5), per: period },
  { requiredKeys: ['times'] },
);
const rule = fc.record({
  on: fc.constantFrom('event.attended', 'site.visited', 'benefit.used', 'never.heard-of'),
  points: fc.constantFrom(10, 2.5, -7),
  cap: fc.array(cap, { maxLength: 2 }),
  capGroup: fc.constantFrom('shared', undefined),
});

describe('how far a score can reach', () => {
  it('is further than any history takes it', () =>
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('3 days', '30 days', undefined),
        history(60),
        cap,
        (rules, halfLife, events, shared) => {
          const model = Model.parse({
            ...document,
            scores: [{ id: 'engagement', title: 'Engagement', ...(halfLife ? { halfLife } : {}) }],
            capGroups: [{ id: 'shared', title: 'Shared', cap: shared }],
            rules: rules.map((one, i) => ({ id: `rule-${i}`, title: 'Rule', score: 'engagement', ...one })),
          });
          const { least = 0, greatest = 0 } = reachOf(model).get('engagement') ?? {};
          const compiled = compile(model);
          let standing = NOBODY;
          for (const event of events.toSorted(comparePositions)) {
            standing = evolve(compiled, standing, event).standing;
            const score = scoreAt(compiled, standing, 'engagement', event.time);
            expect(score).toBeLessThanOrEqual(greatest);
            expect(score).toBeGreaterThanOrEqual(least);
          }
        },
      ),
      { numRuns: 300 },
    ));
});
