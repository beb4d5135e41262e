import { type CalendarPeriod, startOf } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
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
  from: windowOf(per, zone),
});

/** What a cap leaves of an event's points, and what it remembers if they count. */
export type Ruling = { readonly points: number; readonly cut?: Cut; readonly after: readonly Counted[] };

const text = (value: Json | undefined): string => JSON.stringify(value ?? null);

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
  const open = counted.filter(({ at }) => at >= from);
  if (open.length >= cap.times) return { points: 0, cut: 'times', after: open };
  const value = cap.path && text(valueAt(event.data, cap.path));
  if (value !== undefined && open.some((one) => one.value === value)) return { points: 0, cut: 'value', after: open };
  const used = open.reduce((sum, one) => sum + Math.abs(one.points ?? 0), 0);
  const left = Math.max(0, cap.points - used);
  if (points !== 0 && left === 0) return { points: 0, cut: 'points', after: open };
  const given = Math.sign(points) * Math.min(Math.abs(points), left);
  const entry: Counted = {
    at: event.time,
    ...(Number.isFinite(cap.points) ? { points: given } : {}),
    ...(value === undefined ? {} : { value }),
  };
  return { points: given, ...(given === points ? {} : { cut: 'points' as const }), after: [...open, entry] };
};
