import type { Document } from './document.ts';

const LETTERS = [...'ABCDEFGHI'];

/** How many of the bounds, the highest first, a score has not reached. */
const below = (from: readonly number[], value: number): number => {
  const reached = from.findIndex((bound) => value >= bound);
  return reached < 0 ? from.length : reached;
};

/** A grade of a model, by what the scores are that it is made of. */
export const gradeIn = (
  { grades = [] }: Pick<Document, 'grades'>,
  id: string,
  score: (id: string) => number,
): string => {
  const grade = grades.find((one) => one.id === id);
  if (!grade) throw new Error(`There is no grade ${id}`);
  const { letter, number } = grade;
  return `${LETTERS[below(letter.from, score(letter.score))]}${1 + below(number.from, score(number.score))}`;
};
