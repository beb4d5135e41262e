import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key } from '../../shared/census/counts.ts';
import { added, MOST, NO_TALLY, Tally } from '../../shared/preview/tally.ts';
import { current, draft, people, tallyOf } from './members.ts';

describe('tallies of different members', () => {
  it('are added in any order and in any groups, with the same outcome', () =>
    fc.assert(
      fc.property(people(12), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (persons, i, j) => {
        const [first, second] = [Math.min(i, j), Math.max(i, j)];
        const [a, b, c] = [persons.slice(0, first), persons.slice(first, second), persons.slice(second)].map(tallyOf);
        if (!a || !b || !c) throw new Error('Three parts');
        expect(added(a, b)).toEqual(added(b, a));
        expect(added(added(a, b), c)).toEqual(added(a, added(b, c)));
        expect(added(added(c, a), b)).toEqual(tallyOf(persons));
        expect(added(a, NO_TALLY)).toEqual(a);
      }),
    ));

  it('are counted in whatever order the members come', () =>
    fc.assert(
      fc.property(people(12), (persons) => {
        expect(tallyOf(persons.toReversed())).toEqual(tallyOf(persons));
      }),
    ));

  it('go through JSON unharmed', () =>
    fc.assert(
      fc.property(people(5), (persons) => {
        const tally = tallyOf(persons);
        expect(Tally.parse(JSON.parse(JSON.stringify(tally)))).toEqual(tally);
      }),
    ));
});

describe('a tally', () => {
  const [crowd = []] = fc.sample(people(300, 300), { numRuns: 1, seed: 7 });

  it('does not grow with the number of members, but for the numbers in it', () => {
    const few = tallyOf(crowd);
    const many = Array.from({ length: 8 }, (_, i) =>
      tallyOf(crowd.map(([member, events]) => [`${member}-${i}`, events])),
    ).reduce(added, NO_TALLY);
    expect(many.counts.members).toBe(8 * crowd.length);
    expect(Object.keys(many.counts).sort()).toEqual(Object.keys(few.counts).sort());
    expect(many.mostChanged).toHaveLength(MOST);
    expect(JSON.stringify(many).length).toBeLessThan(1.1 * JSON.stringify(few).length);
  });

  it('has no more counts than the models and the span have room for', () => {
    const { counts } = tallyOf(crowd);
    const of = (...words: string[]) => Object.keys(counts).filter((name) => name.startsWith(key(...words))).length;
    const stages = [current, draft]
      .flatMap(({ model }) => model.journeys)
      .reduce((n, { stages }) => n + stages.length, 0);
    expect(of('stage')).toBeLessThanOrEqual((stages / 2 + 2) ** 2);
    expect(of('times')).toBeLessThanOrEqual(current.model.rules.length + draft.model.rules.length);
    const weeks = 120 / 7 + 2;
    expect(of('message')).toBeLessThanOrEqual(2 * weeks);
    expect(of('alert')).toBeLessThanOrEqual(2 * 2 * weeks);
    expect(of('day')).toBeLessThanOrEqual(2 * 122);
  });
});
