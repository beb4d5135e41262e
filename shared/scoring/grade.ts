import { type CompiledScores, scoreAt } from './score.ts';
import type { Grade } from './score-schema.ts';
import type { Standing } from './standing.ts';

const LETTERS = 'ABCDEFGHI';

/** How many bounds, the highest first, lie above the value. */
const rank = (from: readonly number[], value: number): number => from.filter((bound) => value < bound).length;

/** Every grade there is, the best first: A1, A2 … */
export const gradesOf = ({ letter, number }: Grade): string[] =>
  [...LETTERS.slice(0, letter.from.length + 1)].flatMap((one) =>
    Array.from({ length: number.from.length + 1 }, (_, i) => `${one}${i + 1}`),
  );

/** The grade of somebody at an instant, epoch ms: a letter by the one score, a number by the other. */
export const gradeAt = (
  model: { readonly scores: CompiledScores },
  { letter, number }: Grade,
  standing: Standing,
  instant: number,
): string => {
  const value = (score: string) => scoreAt(model, standing, score, instant);
  return `${LETTERS[rank(letter.from, value(letter.score))] ?? ''}${rank(number.from, value(number.score)) + 1}`;
};
