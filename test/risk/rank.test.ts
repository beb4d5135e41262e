import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Worst, worstFirst } from '../../shared/risk/rank.ts';

const one = (member: string, score: number, activeAt?: number) => ({ member, score, activeAt });
const ids = (list: readonly { member: string }[]) => list.map(({ member }) => member);

describe('worst first', () => {
  it('goes by the score in whole points, then by the silence, then by the id', () => {
    const list = [one('d', 3, 50), one('c', 2.6, 10), one('b', -4, 90), one('a', 3.2, 50), one('e', 3)];
    expect(ids(list.toSorted(worstFirst))).toEqual(['b', 'e', 'c', 'a', 'd']);
  });

  it('keeps the worst of many and their count, in whatever order they come', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.nat(9)), { maxLength: 60 }), (drawn) => {
        const all = drawn.map(([score, activeAt], i) => one(`m${i}`, score, activeAt));
        const worst = new Worst(7);
        for (const entry of all) worst.add(entry);
        expect(worst.count).toBe(all.length);
        expect(ids(worst.worst)).toEqual(ids(all.toSorted(worstFirst).slice(0, 7)));
      }),
    ));
});
