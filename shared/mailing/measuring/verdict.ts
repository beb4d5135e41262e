import { DAY } from '../../kernel/duration.ts';
import type { Difference, Hits } from './difference.ts';

/** Nothing is said of fewer people than this on either side. */
export const LEAST = 10;

const MONTH = 30.44 * DAY;

export type Verdict =
  | { readonly kind: 'helped' | 'harmed' | 'no-difference' }
  /** `months` more at this pace, roughly; left out where nobody can tell. */
  | { readonly kind: 'cannot-tell' | 'too-few'; readonly months?: number };

/** How members came to take part, up to now. Instants are epoch ms. */
export type Pace = {
  /** When the first one did. */
  readonly since: number;
  readonly now: number;
  /** How many did. */
  readonly people: number;
  /** How long after that the outcome is looked at, ms. */
  readonly horizon: number;
};

/** How many more months until the time of so many people is up, if they go on coming as they did. */
const monthsUntil = (wanted: number, { since, now, people, horizon }: Pace): number | undefined => {
  if (people === 0 || now <= since) return undefined;
  const perMs = people / (now - since);
  const at = since + wanted / perMs + horizon;
  return Math.max(1, Math.ceil((at - now) / MONTH));
};

export type Compared = {
  readonly given: Hits;
  readonly base: Hits;
  readonly difference: Difference;
  readonly wanted: 'more' | 'fewer';
  /** The least difference that is worth knowing, of 1. */
  readonly worth: number;
  readonly pace: Pace;
};

const cannotTell = (kind: 'cannot-tell' | 'too-few', months: number | undefined): Verdict =>
  months === undefined ? { kind } : { kind, months };

/**
 * What can be said of a comparison. It helped, or harmed, where all of the interval lies on one side of nothing; there is
 * no difference of note where all of it lies within what is not worth knowing. Else nobody can tell yet. An interval
 * becomes narrower with the square root of the number of people: so it is known how many it takes until, at the rates seen
 * so far, one of the two would hold.
 */
export const verdictOf = ({ given, base, difference, wanted, worth, pace }: Compared): Verdict => {
  const known = given.people + base.people;
  const fewest = Math.min(given.people, base.people);
  if (fewest < LEAST) {
    // Where one side has nobody yet, it is taken for half a person.
    return cannotTell('too-few', monthsUntil((LEAST / Math.max(fewest, 0.5)) * Math.max(known, 1), pace));
  }
  const { low, high, difference: between } = difference;
  if (low > 0) return { kind: wanted === 'more' ? 'helped' : 'harmed' };
  if (high < 0) return { kind: wanted === 'more' ? 'harmed' : 'helped' };
  if (-worth < low && high < worth) return { kind: 'no-difference' };
  const [size, inner, outer] = [
    Math.abs(between),
    between < 0 ? high - between : between - low,
    Math.max(between - low, high - between),
  ];
  const untilSeen = size === 0 ? Number.POSITIVE_INFINITY : (inner / size) ** 2;
  const untilNone = size >= worth ? Number.POSITIVE_INFINITY : (outer / (worth - size)) ** 2;
  return cannotTell('cannot-tell', monthsUntil(known * Math.min(untilSeen, untilNone), pace));
};
