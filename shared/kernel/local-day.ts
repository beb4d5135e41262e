import { wallClock } from './calendar-period.ts';
import { DAY } from './duration.ts';

/** A stretch of a local date in which the clock on the wall runs evenly: from, up to but without, the shift (all ms). */
export type Stretch = { readonly from: number; readonly until: number; readonly offset: number };

const SECOND = 1_000;

/** How far the clock on the wall is ahead of UTC, ms. */
const offsetAt = (instant: number, zone: string): number => {
  const second = Math.floor(instant / SECOND) * SECOND;
  return wallClock(second, zone) - second;
};

/** The first second after `low`, and up to `high`, at which the offset is that of `high`. */
const changeBetween = (low: number, high: number, zone: string): number => {
  const after = offsetAt(high, zone);
  let [before, there] = [Math.floor(low / SECOND), Math.ceil(high / SECOND)];
  while (there - before > 1) {
    const middle = Math.floor((before + there) / 2);
    if (offsetAt(middle * SECOND, zone) === after) there = middle;
    else before = middle;
  }
  return there * SECOND;
};

/** A day before and after, no zone is further from UTC. */
const stretchesAround = (date: number, zone: string): Stretch[] => {
  const [begin, end] = [date - DAY, date + 2 * DAY];
  const [first, last] = [offsetAt(begin, zone), offsetAt(end, zone)];
  if (first === last) return [{ from: begin, until: end, offset: first }];
  const change = changeBetween(begin, end, zone);
  return [
    { from: begin, until: change, offset: first },
    { from: change, until: end, offset: last },
  ];
};

const known = new Map<string, readonly Stretch[]>();

/**
 * The instants at which the calendar on the wall shows a date, in the one or two stretches that a change of clocks makes
 * of it. None where the zone leaves the date out. Clocks are taken to change once within three days.
 * @param date the date as midnight UTC, epoch ms
 * @param zone an IANA time zone
 */
export const localDay = (date: number, zone: string): readonly Stretch[] => {
  const key = `${zone} ${date}`;
  const stretches =
    known.get(key) ??
    stretchesAround(date, zone)
      .map(({ from, until, offset }) => ({
        from: Math.max(from, date - offset),
        until: Math.min(until, date + DAY - offset),
        offset,
      }))
      .filter(({ from, until }) => from < until);
  known.set(key, stretches);
  return stretches;
};

/** The local date of an instant as midnight UTC, epoch ms. */
export const localDate = (instant: number, zone: string): number =>
  Math.floor(wallClock(Math.floor(instant / SECOND) * SECOND, zone) / DAY) * DAY;
