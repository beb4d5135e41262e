import type { ScoreState, Standing } from './standing.ts';

/** Score → its half-life in ms; undefined: points keep their worth. */
export type HalfLives = Readonly<Record<string, number | undefined>>;

/** What is left of one after a time, both in ms: 2^(−time ∕ half-life). */
export const remaining = (elapsed: number, halfLife: number | undefined): number =>
  halfLife === undefined ? 1 : 2 ** (-elapsed / halfLife);

/** The value of a score at an instant, epoch ms, not before `state.at`. */
export const decayed = (state: ScoreState | undefined, halfLife: number | undefined, instant: number): number =>
  state === undefined ? 0 : state.value * remaining(instant - state.at, halfLife);

/**
 * The first whole ms after `from` at which `test` of the decayed value gives another answer; undefined: never.
 * A value that decays towards zero passes a bound of its own sign once, at: at + halfLife · log2(value ∕ bound).
 * The formula only brackets the instant: the test itself decides, so that whoever asks at that ms gets that answer.
 */
export const crossing = (
  state: ScoreState | undefined,
  halfLife: number | undefined,
  bound: number,
  test: (value: number) => boolean,
  from: number,
): number | undefined => {
  if (state === undefined || halfLife === undefined || bound === 0) return undefined;
  const ratio = state.value / bound;
  if (!(ratio >= 1)) return undefined;
  const estimate = Math.round(state.at + halfLife * Math.log2(ratio));
  if (estimate < from - 2) return undefined;
  const holds = (instant: number) => test(decayed(state, halfLife, instant));
  const now = holds(from);
  let instant = Math.max(from + 1, estimate - 2);
  // Rounding moves the instant by a ms or two at the most; where it does not come then, it came before `from`.
  for (let tries = 0; tries < 6 && holds(instant) === now; tries++) instant++;
  return holds(instant) === now ? undefined : instant;
};

/** A member's score at an instant, epoch ms. Zero where nothing has counted yet. */
export const scoreAt = (
  { halfLives }: { readonly halfLives: HalfLives },
  { scores }: Standing,
  score: string,
  instant: number,
): number => decayed(scores[score], halfLives[score], instant);
