import type { Period } from './document.ts';

/*
 * Days of a zone, found by asking the calendar for the date of one instant after another. Days are counted from
 * 1970-01-01, instants are epoch ms.
 */

const DAY = 86_400_000;
const HOUR = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, number>();
const begins = new Map<string, number>();

/** The date of an instant in a zone. */
export const dayOf = (at: number, zone: string): number => {
  const key = `${zone} ${at}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  formats.set(zone, format);
  const day = Date.parse(`${format.format(at)}T00:00:00Z`) / DAY;
  if (days.size > 100_000) days.clear();
  days.set(key, day);
  return day;
};

/** The first instant of a date. */
export const beginOf = (day: number, zone: string): number => {
  const key = `${zone} ${day}`;
  const known = begins.get(key);
  if (known !== undefined) return known;
  let [before, after] = [day * DAY - 15 * HOUR, day * DAY + 15 * HOUR];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle, zone) < day) before = middle;
    else after = middle;
  }
  begins.set(key, after);
  return after;
};

/** The first date of the period of the calendar that a date lies in. */
export const firstOf = (per: Period, day: number): number => {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (per) {
    case 'day':
      return day;
    case 'week':
      // 1970-01-01 was a Thursday.
      return day - ((((day + 3) % 7) + 7) % 7);
    case 'month':
      return Date.UTC(year, month, 1) / DAY;
    case 'quarter':
      return Date.UTC(year, month - (month % 3), 1) / DAY;
    default:
      return Date.UTC(year, 0, 1) / DAY;
  }
};

/** The first date of the next period after the one that a date lies in. */
export const nextOf = (per: Period, day: number): number => {
  let next = day + 1;
  while (firstOf(per, next) === firstOf(per, day)) next++;
  return next;
};
