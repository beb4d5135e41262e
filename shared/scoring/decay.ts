import { dayOf } from '../kernel/calendar-period.ts';
import { DAY, milliseconds } from '../kernel/duration.ts';
import type { Decay } from './score-schema.ts';

/** Points that lose half their worth in every half-life (ms), or, without one, keep it. */
export type FadingDecay = { readonly key: string; readonly halfLife: number | undefined };

/**
 * Points that come to an end: what is left of them hangs on how many days of the calendar lie between. All points of
 * one day fade together, so a score holds no more of them than days.
 */
export type DatedDecay = {
  readonly key: string;
  /** What is left of one after so many days. */
  readonly left: (days: number) => number;
  /** The next number of days, after this one, at which something else is left; undefined: nothing is left already. */
  readonly turnAfter: (days: number) => number | undefined;
};

export type CompiledDecay = FadingDecay | DatedDecay;

export const isDated = (decay: CompiledDecay): decay is DatedDecay => 'left' in decay;

/** What is left of one after a time, both in ms: 2^(−time ∕ half-life). */
export const remaining = (elapsed: number, halfLife: number | undefined): number =>
  halfLife === undefined || elapsed === 0 ? 1 : 2 ** (-elapsed / halfLife);

const inDays = (duration: string): number => milliseconds(duration) / DAY;

const stepped = (key: string, steps: readonly { readonly after: number; readonly keep: number }[]): DatedDecay => ({
  key,
  left: (days) => steps.findLast(({ after }) => after <= days)?.keep ?? 1,
  turnAfter: (days) => steps.find(({ after }) => after > days)?.after,
});

/** A decay by its name, ready to be reckoned with. Of equal names, all is equal. */
export const compileDecay = (decay: Decay): CompiledDecay => {
  if (decay === 'none') return { key: 'none', halfLife: undefined };
  if ('halfLife' in decay) return { key: `half-life ${decay.halfLife}`, halfLife: milliseconds(decay.halfLife) };
  if ('expiry' in decay) {
    return stepped(`expiry ${decay.expiry}`, [{ after: inDays(decay.expiry), keep: 0 }]);
  }
  if ('steps' in decay) {
    return stepped(
      `steps ${decay.steps.map(({ after, keep }) => `${after} ${keep}`).join(', ')}`,
      decay.steps.map(({ after, keep }) => ({ after: inDays(after), keep })),
    );
  }
  const over = inDays(decay.linear);
  return {
    key: `linear ${decay.linear}`,
    left: (days) => Math.max(0, 1 - days / over),
    turnAfter: (days) => (days < over ? days + 1 : undefined),
  };
};

/** What is left at an instant of one point given at another, both epoch ms; days are those of an IANA zone. */
export const leftOf = (decay: CompiledDecay, given: number, instant: number, zone: string): number =>
  isDated(decay) ? decay.left(dayOf(instant, zone) - dayOf(given, zone)) : remaining(instant - given, decay.halfLife);
