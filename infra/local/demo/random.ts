/** Chance that can be had again: the same seed gives the same numbers. */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  /** One of the keys, each as likely as its weight says. */
  readonly weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
};

/** mulberry32 by Tommy Ettinger, public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
const mulberry32 = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const entries = <K extends string>(weights: Readonly<Record<K, number>>): [K, number][] =>
  Object.entries<number>(weights) as [K, number][];

/** A stream of chance for one purpose; two numbers, so that every person can have a stream of their own. */
export const random = (seed: number, stream: number): Random => {
  // Multiplied by an odd constant (2^32 ∕ golden ratio), neighbouring streams start far apart.
  const next = mulberry32(Math.imul(stream + 1, 0x9e3779b1) ^ seed);
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)] ?? list[0],
    weighted: (weights) => {
      const all = entries(weights);
      let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0);
      const found = all.find(([, weight]) => {
        left -= weight;
        return left < 0;
      });
      const last = all.at(-1);
      if (!last) throw new Error('Nothing to choose from');
      return (found ?? last)[0];
    },
  };
};
