/** Chance that follows from a seed alone. */
export type Random = {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** A whole number from 0 to below n. */
  readonly below: (n: number) => number;
  /** A whole number from low to high, both of them possible. */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
};

/** A number of 32 bits from a text. Source: FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
export const hash32 = (text: string, from = 0x811c9dc5): number => {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/**
 * Streams of different names under one seed have nothing to do with each other.
 * Source: sfc32 of PractRand, https://pracrand.sourceforge.net/
 */
export const random = (seed: number, stream: string): Random => {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = hash32(stream);
  let counter = 1;
  const bits = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();

  const next = () => bits() / 2 ** 32;
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (from) => {
      const at = below(from.length);
      for (const one of from.slice(at, at + 1)) return one;
      throw new Error('Nothing to pick from');
    },
  };
};
