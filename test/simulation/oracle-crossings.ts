import type { Curve } from './oracle-scores.ts';

/** A difference that may be one of rounding. */
export const CLOSE = 1e-12;

/** Where a curve of two parts that halve turns round, ms from its beginning; a curve of one part never does. */
const turningPoint = ({ halving }: Curve): number | undefined => {
  const [one, other, third] = [...halving].filter(([, worth]) => worth !== 0);
  if (third) throw new Error('The oracle knows no curve of three half-lives');
  if (!one || !other) return undefined;
  const [[h, a], [k, b]] = [one, other];
  const ratio = -(a * k) / (b * h);
  const after = ratio > 0 ? Math.log2(ratio) / (1 / h - 1 / k) : Number.NaN;
  return after > 0 && Number.isFinite(after) ? after : undefined;
};

type Search = {
  readonly value: (at: number) => number;
  readonly curve: Curve;
  readonly bound: number;
  /** Epoch ms. The curve holds from one up to before the other. */
  readonly from: number;
  readonly until: number;
};

/** The first ms of a stretch on which the value only rises or only falls, at which it is on the other side of the bound. */
const inStretch = ({ value, bound, curve }: Search, from: number, until: number): number | undefined => {
  const side = (at: number) => Math.sign(value(at) - bound);
  const now = side(from);
  if (until === Number.POSITIVE_INFINITY) {
    const target = Math.sign(curve.constant - bound);
    // What comes ever nearer never arrives.
    if (target === now || target === 0 || [...curve.halving.values()].every((worth) => worth === 0)) return undefined;
  } else if (until <= from || side(until) === now) return undefined;
  let step = 1;
  while (step < until - from && side(from + step) === now) step *= 2;
  let [low, high] = [from, Math.min(until, from + step)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (side(middle) === now) low = middle;
    else high = middle;
  }
  return high;
};

/** All ms at which a value comes to another side of a bound, in order; each as the first on that side. */
export const crossings = (search: Search): number[] => {
  const { curve, from, until } = search;
  const turn = turningPoint(curve);
  const last = until === Number.POSITIVE_INFINITY ? until : until - 1;
  const cuts = turn === undefined ? [] : [Math.floor(from + turn), Math.ceil(from + turn)];
  const ends = [...cuts.filter((cut) => cut > from && cut < last), last];
  let begin = from;
  const found: number[] = [];
  for (const end of ends) {
    // On the bound itself is a side too: at most a ms, then beyond.
    for (let at = inStretch(search, begin, end); at !== undefined; at = inStretch(search, at, end)) found.push(at);
    begin = end;
  }
  return found;
};
