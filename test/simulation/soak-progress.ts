type Book = { readonly next: number; readonly steps: number; readonly failed: readonly unknown[] };

/** How many seeds there are to play, when it was begun and with which seed, and what time it is: ms by any clock. */
type Run = {
  readonly seeds: number;
  readonly begun: { readonly at: number; readonly next: number };
  readonly now: number;
};

/** The line that says how far a soak is. Before the first seed is played nobody knows how long the others take. */
export const progress = ({ next, steps, failed }: Book, { seeds, begun, now }: Run): string => {
  const rate = (1000 * (next - begun.next)) / (now - begun.at);
  const played = next - 1;
  const parts = [
    `${played} of ${seeds} seeds`,
    `${steps} steps`,
    `${failed.length} failed`,
    ...(rate > 0 ? [`${rate.toFixed(1)} seeds/s`, `${((seeds - played) / 3600 / rate).toFixed(1)} h left`] : []),
  ];
  return parts.join(', ');
};
