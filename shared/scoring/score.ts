import { dayOf, startOfDay } from '../kernel/calendar-period.ts';
import type { LocalText } from '../kernel/text.ts';
import { type CompiledDecay, type DatedDecay, isDated, remaining } from './decay.ts';
import { signChanges, type Term } from './exponentials.ts';
import { earlier, type MemberTest } from './instants.ts';
import type { DayPoints, Fading, ScoreState, Standing } from './standing.ts';

/** Under which name a score that has ended keeps what it was worth then. */
export const ENDED = 'ended';

/** A score that rules feed. What fades alike is kept together. */
export type EarnedScore = {
  readonly id: string;
  readonly decays: readonly CompiledDecay[];
  readonly while: 'lead' | 'member' | undefined;
  readonly floor: number;
  readonly ceiling: number;
  readonly timeZone: string;
};

export type CompiledFact = {
  readonly id: string;
  readonly title: LocalText;
  readonly points: number;
  readonly test: MemberTest;
};

export type CompiledScore =
  | EarnedScore
  | { readonly id: string; readonly facts: readonly CompiledFact[] }
  | { readonly id: string; readonly sum: readonly CompiledScore[] };

export type CompiledScores = ReadonlyMap<string, CompiledScore>;

const datedPart = (decay: DatedDecay, state: ScoreState | undefined): readonly DayPoints[] =>
  state?.dated?.[decay.key] ?? [];
/** What a score that has ended was worth then: it fades no more. */
const endedPart = (state: ScoreState | undefined): number => state?.fading[ENDED]?.value ?? 0;

const datedAt = (decay: DatedDecay, days: readonly DayPoints[], today: number): number => {
  let sum = 0;
  for (const [day, points] of days) sum += points * decay.left(today - day);
  return sum;
};

const fadedAt = ({ value, at }: Fading, halfLife: number | undefined, instant: number): number =>
  value * remaining(instant - at, halfLife);

/** What rules have earned a score, at an instant (epoch ms) that is not before the last event. */
export const earnedAt = (score: EarnedScore, state: ScoreState | undefined, instant: number): number => {
  if (state === undefined) return 0;
  // In the order of the model, so that the sum is the same to the last bit wherever the state was kept.
  let value = endedPart(state);
  for (const decay of score.decays) {
    if (isDated(decay)) {
      const days = datedPart(decay, state);
      if (days.length > 0) value += datedAt(decay, days, dayOf(instant, score.timeZone));
      continue;
    }
    const part = state.fading[decay.key];
    if (part) value += fadedAt(part, decay.halfLife, instant);
  }
  return value;
};

/** The value of a score at an instant, epoch ms. */
export const scoreValue = (score: CompiledScore, standing: Standing, instant: number): number => {
  let value = 0;
  if ('facts' in score) {
    for (const { points, test } of score.facts) if (test.holds(standing, instant)) value += points;
    return value;
  }
  if ('sum' in score) {
    for (const part of score.sum) value += scoreValue(part, standing, instant);
    return value;
  }
  return earnedAt(score, standing.scores[score.id], instant);
};

/** What of a score fades all the time, as terms in ms after an instant. */
const termsOf = (score: CompiledScore, standing: Standing, instant: number): Term[] => {
  if ('facts' in score) return [];
  if ('sum' in score) return score.sum.flatMap((part) => termsOf(part, standing, instant));
  const state = standing.scores[score.id];
  return score.decays.flatMap((decay) => {
    if (isDated(decay) || decay.halfLife === undefined) return [];
    const part = state?.fading[decay.key];
    if (!part || part.value === 0) return [];
    return [{ weight: fadedAt(part, decay.halfLife, instant), rate: Math.LN2 / decay.halfLife }];
  });
};

/** The next instant after this one at which a score may jump: a day begins, or a fact changes. */
const jumpAfter = (score: CompiledScore, standing: Standing, instant: number): number | undefined => {
  let next: number | undefined;
  if ('facts' in score) {
    for (const { test } of score.facts)
      next = earlier(next, test.changesAfter(standing, instant, Number.POSITIVE_INFINITY));
    return next;
  }
  if ('sum' in score) {
    for (const part of score.sum) next = earlier(next, jumpAfter(part, standing, instant));
    return next;
  }
  for (const decay of score.decays) {
    if (!isDated(decay)) continue;
    const days = datedPart(decay, standing.scores[score.id]);
    if (days.length === 0) continue;
    const today = dayOf(instant, score.timeZone);
    for (const [day] of days) {
      const turn = decay.turnAfter(today - day);
      if (turn !== undefined) next = earlier(next, startOfDay(day + turn, score.timeZone));
    }
  }
  return next;
};

/** The first whole ms in (from, until] at which a test that changes once gives another answer than at `from`. */
const firstOther = (holds: (instant: number) => boolean, from: number, until: number): number => {
  const before = holds(from);
  let [same, other] = [from, until];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (holds(middle) === before) same = middle;
    else other = middle;
  }
  return other;
};

type Search = {
  readonly holds: (instant: number) => boolean;
  /** What holds at the beginning. */
  readonly before: boolean;
  /** Within (begin, last] the answer changes once, if at all. */
  readonly begin: number;
  readonly last: number;
};

/**
 * The first whole ms with another answer, near an estimate. The reckoning only brackets the instant: the test itself
 * decides, so that whoever asks at that ms gets that answer. Rounding moves the instant by a ms or two, by more where
 * the score hardly moves any more.
 */
const near = (estimate: number, { holds, before, begin, last }: Search): number | undefined => {
  for (let width = 2; ; width *= 4) {
    const low = Math.max(begin, Math.floor(estimate - width));
    const high = Math.min(last, Math.ceil(estimate + width));
    if (high > begin && holds(high) !== before) return firstOther(holds, holds(low) === before ? low : begin, high);
    if (high >= last || width > 1e9) return undefined;
  }
};

const CENTURY = 36_525 * 86_400_000;

/**
 * Where the reckoning says never: a score that comes ever nearer to a bound is at the bound once numbers are too coarse
 * to tell them apart, and the test sees it.
 */
const atLast = ({ holds, before, begin, last }: Search): number | undefined => {
  const end = Math.min(last, begin + CENTURY);
  return end > begin && holds(end) !== before ? firstOther(holds, begin, end) : undefined;
};

/** Where a test of a score that only fades gives another answer, in (from, until). */
const fadingTurn = (
  terms: readonly Term[],
  bound: number,
  read: (instant: number) => number,
  test: (value: number) => boolean,
  from: number,
  until: number,
): number | undefined => {
  if (terms.length === 0) return undefined;
  const value = read(from);
  const rest = value - terms.reduce((sum, { weight }) => sum + weight, 0) - bound;
  const holds = (instant: number) => test(read(instant));
  const before = test(value);
  let begin = from;
  const size = terms.reduce((sum, { weight }) => sum + Math.abs(weight), Math.abs(bound));
  // A score that stands at the bound may leave it at once, however the difference is rounded.
  const atBound = Math.abs(value - bound) <= size * 1e-12 ? [0] : [];
  const turns = [...atBound, ...signChanges([...terms, { weight: rest, rate: 0 }])];
  for (const [i, turn] of turns.entries()) {
    const estimate = from + turn;
    if (estimate - 2 > until) break;
    const next = turns[i + 1];
    const last = Math.min(until - 1, next === undefined ? Number.POSITIVE_INFINITY : Math.floor(from + next));
    const found = near(estimate, { holds, before, begin, last });
    if (found !== undefined) return found;
    begin = Math.max(begin, Math.min(last, Math.floor(estimate)));
  }
  return atLast({ holds, before, begin, last: until - 1 });
};

type Sole = { readonly part: Fading; readonly halfLife: number; readonly rest: number };

/** The one part of a score that moves, where there is no more than one; the commonest case, and the quickest. */
const soleFading = (score: CompiledScore, { scores }: Standing): Sole | undefined => {
  if (!('decays' in score)) return undefined;
  const state = scores[score.id];
  let rest = endedPart(state);
  let sole: Fading | undefined;
  let halfLife = 0;
  for (const decay of score.decays) {
    if (isDated(decay)) return undefined;
    const part = state?.fading[decay.key];
    if (!part || part.value === 0) continue;
    if (decay.halfLife === undefined) rest += part.value;
    else if (sole) return undefined;
    else {
      sole = part;
      halfLife = decay.halfLife;
    }
  }
  return sole && { part: sole, halfLife, rest };
};

/** It passes a bound once: at + half-life · log2(value ∕ (bound − what stays)). */
const soleTurn = ({ part, halfLife, rest }: Sole, bound: number, search: Search): number | undefined => {
  const ratio = part.value / (bound - rest);
  if (!(ratio > 0) || ratio === Number.POSITIVE_INFINITY) return undefined;
  const estimate = part.at + halfLife * Math.log2(ratio);
  return estimate < search.begin - 2 ? undefined : near(estimate, search);
};

/**
 * The first whole ms after `from` at which a test of a score against a bound gives another answer; undefined: never, or
 * perhaps after the horizon.
 */
export const turnOf = (
  score: CompiledScore,
  standing: Standing,
  bound: number,
  test: (value: number) => boolean,
  from: number,
  horizon = Number.POSITIVE_INFINITY,
): number | undefined => {
  const read = (instant: number) => scoreValue(score, standing, instant);
  const before = test(read(from));
  const sole = soleFading(score, standing);
  if (sole) {
    // It goes one way all the time: what holds at both ends holds between them.
    if (horizon < Number.POSITIVE_INFINITY && test(read(horizon)) === before) return undefined;
    const search = {
      holds: (instant: number) => test(read(instant)),
      before,
      begin: from,
      last: Number.POSITIVE_INFINITY,
    };
    return soleTurn(sole, bound, search) ?? atLast(search);
  }
  let begin = from;
  for (;;) {
    const jump = jumpAfter(score, standing, begin);
    const until = jump ?? Number.POSITIVE_INFINITY;
    const turn = fadingTurn(termsOf(score, standing, begin), bound, read, test, begin, until);
    if (turn !== undefined || jump === undefined || jump > horizon) return turn;
    if (test(read(jump)) !== before) return jump;
    begin = jump;
  }
};

/** Whether all that a score moves by goes one way, up or down, until something happens. */
const goesOneWay = (score: CompiledScore, standing: Standing): boolean => {
  if (!('decays' in score)) return false;
  const [only] = score.decays;
  if (only && score.decays.length === 1) return !isDated(only);
  return soleFading(score, standing) !== undefined;
};

/**
 * Whether a score surely lies on the same side of each bound from an instant to another, both epoch ms. A score that
 * only one part of moves goes one way all the time: no value lies between those at both ends but on the way.
 */
export const staysClearOf = (
  bounds: readonly number[],
  score: CompiledScore,
  standing: Standing,
  from: number,
  until: number,
): boolean => {
  if (until === Number.POSITIVE_INFINITY || !goesOneWay(score, standing)) return false;
  const one = scoreValue(score, standing, from);
  const other = scoreValue(score, standing, until);
  for (const bound of bounds) if ((bound >= one || bound >= other) && (bound <= one || bound <= other)) return false;
  return true;
};

/** A member's score at an instant, epoch ms. Zero where nothing has counted yet. */
export const scoreAt = (
  { scores }: { readonly scores: CompiledScores },
  standing: Standing,
  score: string,
  instant: number,
): number => {
  const compiled = scores.get(score);
  return compiled ? scoreValue(compiled, standing, instant) : 0;
};

/** The state of a score that has ended at an instant, epoch ms: it keeps what it was worth. */
export const ended = (score: EarnedScore, state: ScoreState, instant: number): ScoreState => ({
  fading: { [ENDED]: { value: earnedAt(score, state, instant), at: instant } },
});
