/** How many of what: a name of several words (`key`) → a whole number. Of different members they are added, in any order. */
export type Counts = Readonly<Record<string, number>>;

/** A bar stands in no name that a model may use. */
const BAR = '|';
export const key = (...words: readonly (string | number)[]): string => words.join(BAR);
export const wordsOf = (text: string): string[] => text.split(BAR);

export const addedCounts = (a: Counts, b: Counts): Counts => {
  const counts: Record<string, number> = { ...a };
  for (const [name, count] of Object.entries(b)) counts[name] = (counts[name] ?? 0) + count;
  return counts;
};

/** Counts one by one. */
export const counter = () => {
  const counts = new Map<string, number>();
  return {
    count: (name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by),
    counts: (): Counts => Object.fromEntries(counts),
  };
};

export type Row = { readonly words: readonly string[]; readonly count: number };

export const sum = (rows: readonly Row[]): number => rows.reduce((total, { count }) => total + count, 0);

/** The counts of a kind by their further words. */
export const reader = (counts: Counts) => {
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
