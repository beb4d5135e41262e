import { type Beta, betaAtMost, logBeta } from './beta.ts';

/** Of so many people, so many did it. */
export type Hits = { readonly people: number; readonly hits: number };

/** What lies between two rates, and where it lies with the likelihood asked for. All between -1 and 1. */
export type Difference = {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** How likely it is that the first rate is the greater one. */
  readonly greater: number;
};

/**
 * What is known of a rate, by Jeffreys' prior: it is right for small numbers too, and knows that nobody of ten is not
 * nobody at all. Source: Brown, Cai, DasGupta, Statistical Science 16 (2001), 101–133, section 4.3.
 */
const rate = ({ people, hits }: Hits): Beta => ({ a: hits + 0.5, b: people - hits + 0.5 });

/**
 * Nodes and weights of the tanh-sinh quadrature, which minds no edge where a function has no slope.
 * Source: Takahasi, Mori, Publ. RIMS 9 (1974), 721–741.
 */
const STEP = 1 / 20;
const nodes = Array.from({ length: 129 }, (_, i) => {
  const t = (i - 64) * STEP;
  const inner = (Math.PI / 2) * Math.sinh(t);
  return { at: Math.tanh(inner), weight: (STEP * (Math.PI / 2) * Math.cosh(t)) / Math.cosh(inner) ** 2 };
});

const integral = (value: (x: number) => number, from: number, to: number): number => {
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  return half <= 0 ? 0 : half * nodes.reduce((sum, { at, weight }) => sum + weight * value(middle + half * at), 0);
};

/** So many standard deviations hold all of a distribution that matters. */
const WIDE = 9;
const angle = (x: number): number => Math.asin(Math.sqrt(Math.min(1, Math.max(0, x))));

/**
 * How likely it is that one rate is above another by d at most: the distribution of the one, over the density of the other.
 * In the angle whose squared sine is the rate, the density has the same width everywhere, and no pole at the ends.
 */
export const atMost = (d: number, one: Beta, other: Beta): number => {
  const { a, b } = other;
  const scale = Math.log(2) - logBeta(a, b);
  const density = (theta: number): number => {
    const [sine, cosine] = [Math.max(Math.sin(theta), 1e-300), Math.max(Math.cos(theta), 1e-300)];
    return Math.exp(scale + (2 * a - 1) * Math.log(sine) + (2 * b - 1) * Math.log(cosine));
  };
  const likely = betaAtMost(one);
  const [centre, width] = [angle(a / (a + b)), WIDE / (2 * Math.sqrt(a + b))];
  const from = Math.max(angle(-d), centre - width);
  const to = Math.min(angle(1 - d), centre + width);
  const inside = integral((theta) => density(theta) * likely(Math.sin(theta) ** 2 + d), from, to);
  // Where the other is so high that the one cannot be above it by more.
  const above = d > 0 ? 1 - betaAtMost(other)(1 - d) : 0;
  return Math.min(1, inside + above);
};

const PRECISE = 1e-7;

/** Where a function that grows from below 0 to above it crosses 0. Regula falsi, Illinois. */
const crossing = (value: (x: number) => number, from: number, to: number): number => {
  let [low, high, atLow, atHigh] = [from, to, value(from), value(to)];
  let side = 0;
  for (let i = 0; i < 100 && high - low > PRECISE; i++) {
    const x = (low * atHigh - high * atLow) / (atHigh - atLow);
    const at = value(x);
    if (Math.abs(at) < PRECISE) return x;
    if (at < 0) {
      [low, atLow] = [x, at];
      if (side === -1) atHigh /= 2;
      side = -1;
    } else {
      [high, atHigh] = [x, at];
      if (side === 1) atLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
};

/**
 * The difference of two rates, of which nothing was known before, with the interval in which it lies with a likelihood:
 * as much is left out on either side. Reckoned from the two beta distributions, without any approximation by the normal one.
 */
export const differenceOf = (one: Hits, other: Hits, likelihood = 0.95): Difference => {
  const [x, y] = [rate(one), rate(other)];
  const tail = (1 - likelihood) / 2;
  const bound = (share: number): number => crossing((d) => atMost(d, x, y) - share, -1, 1);
  const share = ({ people, hits }: Hits): number => (people === 0 ? 0 : hits / people);
  return {
    difference: share(one) - share(other),
    low: bound(tail),
    high: bound(1 - tail),
    greater: 1 - atMost(0, x, y),
  };
};
