import { describe, expect, it } from 'vitest';
import { due } from '../../shared/scoring/advance.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { eventsOf, modelOf, rulesOf } from './engine/cases.ts';
import { handWrittenFold } from './engine/hand-written.ts';
import { waysFor } from './engine/ways.ts';

const rules = rulesOf(60);
const events = eventsOf(400);

describe('what the benchmark compares', () => {
  it('finds the same matches in every way', async () => {
    const ways = await waysFor(rules);
    const found = await Promise.all(ways.map(async ({ name, run }) => [name, await run(events)] as const));
    const sums = found[0]?.[1];
    expect(sums?.interest).toBeGreaterThan(100);
    expect(found).toEqual(ways.map(({ name }) => [name, sums]));
  });

  it('folds to the same scores, stages and due instant by hand', async () => {
    const model = compile(modelOf(rules, true));
    const byHand = await handWrittenFold(rules);
    for (const count of [1, 7, 50, 200, 400]) {
      const some = events.slice(0, count);
      const standing = fold(model, some);
      const at = some.at(-1)?.time ?? 0;
      const hand = byHand(some);
      expect(hand.interest).toBeCloseTo(scoreAt(model, standing, 'interest', at), 9);
      expect(hand.belonging).toBeCloseTo(scoreAt(model, standing, 'belonging', at), 9);
      expect(hand.stages).toEqual(['interest', 'belonging'].map((journey) => standing.stages[journey]?.stage));
      expect(Math.abs((hand.due ?? 0) - (due(model, standing) ?? 0))).toBeLessThanOrEqual(2);
    }
  });
});
