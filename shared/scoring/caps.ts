import { type CalendarPeriod, startOf } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
import { fingerprint } from '../kernel/fingerprint.ts';
import { type Json, valueAt } from '../kernel/json.ts';
import type { Cap } from './model.ts';
import type { Counted } from './standing.ts';

/** Which limit kept points from counting. */
export type Cut = 'times' | 'points' | 'value';

export type CompiledCap = {
  /** Where its counts lie in the standing. */
  readonly key: string;
  readonly times: number;
  readonly points: number;
  /** The field whose values count once each. */
  readonly path: readonly string[] | undefined;
  /** Whether what counts in a period leaves it all at once, so that only how much it is need be known. */
  readonly sums: boolean;
  /** The first instant that an event at this one shares its period with, epoch ms. */
  readonly from: (time: number) => number;
};

const CALENDAR = 'calendar ';

const windowOf = (per: string | undefined, zone: string): CompiledCap['from'] => {
  if (per === undefined) return () => Number.NEGATIVE_INFINITY;
  if (per.startsWith(CALENDAR)) {
    const period = per.slice(CALENDAR.length) as CalendarPeriod;
    return (time) => startOf(period, time, zone);
  }
  const length = milliseconds(per);
  // What lies one whole period back is out: a cap of once a week lets the same hour count next week.
  return (time) => time - length + 1;
};

export const compileCap = (key: string, { times, points, oncePer, per }: Cap, zone: string): CompiledCap => ({
  key,
  times,
  points: points ?? Number.POSITIVE_INFINITY,
  path: oncePer?.split('.'),
  sums: oncePer === undefined && (per === undefined || per.startsWith(CALENDAR)),
  from: windowOf(per, zone),
});

/** What a cap leaves of an event's points, and what it remembers if they count. */
export type Ruling = { readonly points: number; readonly cut?: Cut; readonly after: readonly Counted[] };

const LONGEST = 60;

/** A value as it is remembered. A long one by its beginning and its fingerprint: a standing must not grow with it. */
const text = (value: Json | undefined): string => {
  const whole = JSON.stringify(value ?? null);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST / 3)}#${fingerprint(whole).toString(36)}`;
};

const asEntry = (counted: Counted) => (typeof counted === 'number' ? { at: counted } : counted);

/**
 * Asks a cap about points that an event would give. Times and points that were cut fill nothing.
 * @param counted what the cap remembers, in ascending order of time
 */
export const ruling = (
  cap: CompiledCap,
  counted: readonly Counted[],
  event: { readonly time: number; readonly data: { [key: string]: Json } },
  points: number,
): Ruling => {
  const from = cap.from(event.time);
  const after = counted.filter((one) => asEntry(one).at >= from);
  const open = after.map(asEntry);
  const times = open.reduce((sum, one) => sum + (one.times ?? 1), 0);
  if (times >= cap.times) return { points: 0, cut: 'times', after };
  const value = cap.path && text(valueAt(event.data, cap.path));
  if (value !== undefined && open.some((one) => one.value === value)) return { points: 0, cut: 'value', after };
  const used = open.reduce((sum, one) => sum + Math.abs(one.points ?? 0), 0);
  const left = Math.max(0, cap.points - used);
  if (points !== 0 && left === 0) return { points: 0, cut: 'points', after };
  const given = Math.sign(points) * Math.min(Math.abs(points), left);
  const ruled = { points: given, ...(given === points ? {} : { cut: 'points' as const }) };
  const bounded = Number.isFinite(cap.points);
  if (cap.sums) {
    const sum = { at: event.time, times: times + 1, ...(bounded ? { points: used + Math.abs(given) } : {}) };
    return { ...ruled, after: [times === 0 && !bounded ? event.time : sum] };
  }
  if (!bounded && value === undefined) return { ...ruled, after: [...after, event.time] };
  const entry = { at: event.time, ...(bounded ? { points: given } : {}), ...(value === undefined ? {} : { value }) };
  return { ...ruled, after: [...after, entry] };
};
