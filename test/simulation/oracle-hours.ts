import type { DecentHours } from './document.ts';

/*
 * When it is decent to write, found by asking the clock on the wall of a zone about one quarter of an hour after another.
 * Instants are epoch ms.
 */

const QUARTER = 15 * 60_000;
const office = ['mon', 'tue', 'wed', 'thu', 'fri'];
const clocks = new Map<string, Intl.DateTimeFormat>();
const seen = new Map<string, Wall>();

type Wall = { readonly weekday: string; readonly month: string; readonly minutes: number };

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone);
  if (known) return known;
  const form = { weekday: 'short', month: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...form });
  clocks.set(zone, clock);
  return clock;
};

/** Whether there is such a zone. */
export const isZone = (zone: string): boolean => {
  try {
    return clockOf(zone) !== undefined;
  } catch {
    return false;
  }
};

const wallAt = (at: number, zone: string): Wall => {
  const key = `${zone} ${Math.floor(at / 60_000)}`;
  const known = seen.get(key);
  if (known) return known;
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { weekday = '', month = '', hour, minute } = parts;
  const wall = { weekday: weekday.toLowerCase(), month, minutes: Number(hour) * 60 + Number(minute) };
  if (seen.size > 200_000) seen.clear();
  seen.set(key, wall);
  return wall;
};

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** Whether somebody in a zone may be written to at an instant, for a purpose. */
export const isDecent = (at: number, zone: string, purpose: string, hours: DecentHours | undefined): boolean => {
  if (!hours || !(hours.purposes ?? [purpose]).includes(purpose)) return true;
  const { from = '08:00', until = '20:00', weekdays = office, quietJuly = [] } = hours;
  const { weekday, month, minutes } = wallAt(at, zone);
  const isRest = month === '7' && quietJuly.includes(purpose);
  return !isRest && weekdays.some((one) => one === weekday) && minutes >= minutesOf(from) && minutes < minutesOf(until);
};

/** The first decent instant, not before another; all bounds lie on quarters of an hour. */
export const firstDecent = (at: number, zone: string, purpose: string, hours: DecentHours | undefined): number => {
  if (isDecent(at, zone, purpose, hours)) return at;
  let next = (Math.floor(at / QUARTER) + 1) * QUARTER;
  while (!isDecent(next, zone, purpose, hours)) next += QUARTER;
  return next;
};
