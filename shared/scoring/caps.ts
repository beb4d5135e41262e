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

/** What a cap leaves of an event's points. */
export type Ruling = { readonly points: number; readonly cut?: Cut };

const LONGEST = 60;

/** A value as it is remembered. A long one by its beginning and its fingerprint: a standing must not grow with it. */
const text = (value: Json | undefined): string => {
  const whole = JSON.stringify(value ?? null);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST / 3)}#${fingerprint(whole).toString(36)}`;
};

type Happening = { readonly time: number; readonly data: { [key: string]: Json } };

const countedValue = ({ path }: CompiledCap, { data }: Happening): string | undefined =>
  path && text(valueAt(data, path));

const isOpen = (one: Counted, from: number): boolean => (typeof one === 'number' ? one : one.at) >= from;

// By index: where lists of numbers and of objects meet in one loop, an iterator makes an object for each entry.
// What still fills the cap lies at the end.
const timesIn = (counted: readonly Counted[], from: number): number => {
  let times = 0;
  for (let i = counted.length - 1; i >= 0; i--) {
    const one = counted[i];
    if (one === undefined || !isOpen(one, from)) break;
    times += typeof one === 'number' ? 1 : (one.times ?? 1);
  }
  return times;
};

const pointsIn = (counted: readonly Counted[], from: number): number => {
  let points = 0;
  for (const one of counted) if (typeof one !== 'number' && isOpen(one, from)) points += Math.abs(one.points ?? 0);
  return points;
};

const hasValue = (counted: readonly Counted[], from: number, value: string): boolean =>
  counted.some((one) => typeof one !== 'number' && one.value === value && isOpen(one, from));

const TOO_OFTEN: Ruling = { points: 0, cut: 'times' };

/**
 * Asks a cap about points that an event would give. Times and points that were cut fill nothing.
 * @param counted what the cap remembers, in ascending order of time
 */
export const ruling = (cap: CompiledCap, counted: readonly Counted[], event: Happening, points: number): Ruling => {
  const from = cap.from(event.time);
  if (timesIn(counted, from) >= cap.times) return TOO_OFTEN;
  const value = countedValue(cap, event);
  if (value !== undefined && hasValue(counted, from, value)) return { points: 0, cut: 'value' };
  if (cap.points === Number.POSITIVE_INFINITY) return { points };
  const left = Math.max(0, cap.points - pointsIn(counted, from));
  if (points !== 0 && left === 0) return { points: 0, cut: 'points' };
  const given = Math.sign(points) * Math.min(Math.abs(points), left);
  return given === points ? { points } : { points: given, cut: 'points' };
};

/** What a cap remembers once an event has given points, after what it left of them. */
export const filled = (
  cap: CompiledCap,
  counted: readonly Counted[],
  event: Happening,
  given: number,
): readonly Counted[] => {
  const from = cap.from(event.time);
  const bounded = Number.isFinite(cap.points);
  if (cap.sums) {
    const times = timesIn(counted, from);
    if (times === 0 && !bounded) return [event.time];
    const points = bounded ? { points: pointsIn(counted, from) + Math.abs(given) } : {};
    return [{ at: event.time, times: times + 1, ...points }];
  }
  const open = counted.filter((one) => isOpen(one, from));
  const value = countedValue(cap, event);
  if (!bounded && value === undefined) return [...open, event.time];
  return [
    ...open,
    { at: event.time, ...(bounded ? { points: given } : {}), ...(value === undefined ? {} : { value }) },
  ];
};
