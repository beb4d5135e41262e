import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/kernel/json.ts';
import { nextNumber } from '../../shared/kernel/next-number.ts';
import { compile } from '../../shared/scoring/compile.ts';
import type { FieldCondition } from '../../shared/scoring/data-condition.ts';
import { eventTest } from '../../shared/scoring/event-test.ts';
import { NOBODY } from '../../shared/scoring/evolve.ts';
import { Model } from '../../shared/scoring/model.ts';
import { document, event, model } from '../support/given.ts';

const numbers = [-3, -0, 0, 0.1, 3, 7.5, 1e300];
const texts = ['', 'web', 'WEB', 'a text of more than ten letters', ...Array.from({ length: 16 }, (_, i) => `t${i}`)];
const named = fc.constantFrom<string | number | boolean>(...numbers, ...texts, true, false);
const number = fc.constantFrom(...numbers);
const fields = ['channel', 'amount', 'amount', 'order.total', 'constructor'];

const operators = fc.oneof(
  fc.record({ eq: named }),
  fc.record({ ne: named }),
  fc.record({ in: fc.array(named, { minLength: 1, maxLength: 20 }) }),
  fc.record({ gt: number, lte: number }),
  fc.record({ gte: number }),
  fc.record({ gt: number }),
  fc.record({ lt: number }),
  fc.record({ lte: number }),
  fc.record({ gte: number, lt: number, ne: named }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ contains: fc.constantFrom('e', 'web') }),
  fc.record({ ne: named, withinLast: fc.constant('30 days') }),
);
const condition: fc.Arbitrary<FieldCondition> = fc
  .tuple(operators, fc.constantFrom(...fields))
  .map(([tests, field]) => ({ field, ...tests }));
const where = fc.oneof(
  fc.record({ all: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
  fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 2 }) }),
  fc.record({ not: condition }),
  condition,
  fc.constant(undefined),
);

/** What the tests name, what lies just beside it, and what is of no such kind. */
const value: fc.Arbitrary<Json> = fc.oneof(
  number,
  number.map(nextNumber),
  number.map((one) => -nextNumber(-one)),
  named,
  fc.constantFrom<Json>(null, 'other', '2026-01-04', ['web', 3], [], { total: 3 }),
);
const data = fc.dictionary(fc.constantFrom('channel', 'amount', 'order', 'constructor'), value);

describe('the rules that fit an event', () => {
  it('are those whose conditions hold, one asked by one, in the order of the model', () =>
    fc.assert(
      fc.property(fc.array(where, { minLength: 1, maxLength: 70 }), fc.array(data, { minLength: 1 }), (all, events) => {
        const rules = all.map((one, i) => ({
          id: `r${i}`,
          title: 'R',
          on: 'did.it',
          score: 'engagement',
          points: 1,
          where: one,
        }));
        const written = Model.parse({ ...document, rules });
        const compiled = compile(written);
        for (const one of events) {
          const happened = event('did.it', 0, { data: one });
          const found = compiled.rulesOn
            .get('did.it')
            ?.matching(happened, NOBODY)
            .map(({ rule }) => rule.id);
          const expected = written.rules.filter(
            (rule) => !rule.where || eventTest(rule.where, compiled)(happened, NOBODY),
          );
          expect(found).toEqual(expected.map(({ id }) => id));
        }
      }),
    ));

  it('are found by one text of many', () => {
    const towns = Array.from({ length: 70 }, (_, i) => `town ${i}`);
    const rules = towns.map((town, i) => ({ ...document.rules[0], id: `r${i}`, where: { field: 'town', eq: town } }));
    const index = model({ rules }).rulesOn.get('event.attended');
    const found = (town: string) =>
      index?.matching(event('event.attended', 0, { data: { town } }), NOBODY).map(({ rule }) => rule.id);
    expect(towns.map(found)).toEqual(towns.map((_, i) => [`r${i}`]));
    expect(found('town')).toEqual([]);
  });

  it('are asked for their dates too', () => {
    const rule = { ...document.rules[0], on: 'did.it', where: { field: 'channel', eq: 'web' }, from: '2026-01-06' };
    const index = model({ rules: [rule] }).rulesOn.get('did.it');
    const fitting = (days: number, channel: string) =>
      index?.matching(event('did.it', days, { data: { channel } }), NOBODY);
    expect(fitting(0, 'web')).toHaveLength(0);
    expect(fitting(1, 'web')).toHaveLength(1);
    expect(fitting(1, 'app')).toHaveLength(0);
  });
});

describe('the next number', () => {
  it('is the least that is greater', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (one) => {
        const next = nextNumber(one);
        expect(next).toBeGreaterThan(one);
        const middle = one / 2 + next / 2;
        expect(middle <= one || middle >= next).toBe(true);
      }),
    ));
});
