import { type CompiledDecay, compileDecay } from './decay.ts';
import { memberTest } from './member-test.ts';
import type { Model } from './model.ts';
import type { CompiledScore, CompiledScores } from './score.ts';
import { decayOf, type Score } from './score-schema.ts';

/** The ways in which points of a score fade: its own, and those of the rules that say otherwise. */
const decaysOf = (score: Score, rules: Model['rules']): CompiledDecay[] => {
  const decays = [decayOf(score), ...rules.flatMap((rule) => (rule.score === score.id && rule.decay) || [])];
  return [...new Map(decays.map(compileDecay).map((decay) => [decay.key, decay])).values()];
};

/** The scores of a model by their ids. Sums hold their parts, which stand before them. */
export const compileScores = ({
  scores,
  rules,
  timeZone,
}: Pick<Model, 'scores' | 'rules' | 'timeZone'>): CompiledScores => {
  const compiled = new Map<string, CompiledScore>();
  // Facts ask about no score, grade or stage.
  const reading = { scores: compiled, grades: new Map(), timeZone };
  for (const score of scores) {
    const { id, fit, sum, floor, ceiling } = score;
    if (fit) {
      const facts = fit.map(({ when, ...fact }) => ({ ...fact, test: memberTest(when, reading) }));
      compiled.set(id, { id, facts });
    } else if (sum) {
      compiled.set(id, { id, sum: sum.flatMap((part) => compiled.get(part) ?? []) });
    } else {
      compiled.set(id, {
        id,
        decays: decaysOf(score, rules),
        while: score.while,
        floor: floor ?? Number.NEGATIVE_INFINITY,
        ceiling: ceiling ?? Number.POSITIVE_INFINITY,
        timeZone,
      });
    }
  }
  return compiled;
};
