import { type Tally, wordsOf } from './tally.ts';

export type Which = 'before' | 'after';
export type Row = { readonly words: readonly string[]; readonly count: number };

export const sum = (rows: readonly Row[]): number => rows.reduce((total, { count }) => total + count, 0);
export const union = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];
export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** The counts of a kind by their further words. */
export const reader = ({ counts }: Tally) => {
  const kinds = Map.groupBy(
    Object.entries(counts).map(([name, count]): Row => ({ words: wordsOf(name), count })),
    ({ words }) => words[0] ?? '',
  );
  return (...asked: readonly string[]): Row[] =>
    (kinds.get(asked[0] ?? '') ?? [])
      .filter(({ words }) => asked.every((word, i) => words[i] === word))
      .map(({ words, count }) => ({ words: words.slice(asked.length), count }));
};
export type Read = ReturnType<typeof reader>;
