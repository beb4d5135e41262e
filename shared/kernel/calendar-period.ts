const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const kept =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(zone, kept);
  return kept;
};

/** The clock on the wall at an instant, as if it were UTC, in epoch ms to the second. */
export const wallClock = (instant: number, zone: string): number => {
  const parts = formatOf(zone).formatToParts(instant);
  const at = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(at.year ?? 0, (at.month ?? 1) - 1, at.day, at.hour, at.minute, at.second);
};

/** Zone → date → its first instant. Asking for one takes some looks at the wall clock; there are few dates. */
const firstInstants = new Map<string, Map<number, number>>();

const QUARTER_HOUR = 900_000;
const DAY = 86_400_000;

/** The first instant of a local date, which need not be midnight: some zones change their clocks then. */
const firstInstant = (date: number, zone: string): number => {
  const dates = firstInstants.get(zone) ?? new Map<number, number>();
  firstInstants.set(zone, dates);
  const known = dates.get(date) ?? findFirstInstant(date, zone);
  dates.set(date, known);
  return known;
};

const findFirstInstant = (date: number, zone: string): number => {
  // Where nothing happens to the clock that night, its offset of the evening before tells.
  const midnight = date - (wallClock(date - QUARTER_HOUR, zone) - (date - QUARTER_HOUR));
  if (wallClock(midnight, zone) === date && wallClock(midnight - 1000, zone) < date) return midnight;
  // A day before and after, no zone is further from UTC; in between the date begins once.
  let instant = date - DAY;
  for (const step of [DAY / 8, QUARTER_HOUR]) {
    while (wallClock(instant + step, zone) < date) instant += step;
  }
  return instant + QUARTER_HOUR;
};

export const calendarPeriods = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type CalendarPeriod = (typeof calendarPeriods)[number];

/** The first instant of a date (`2026-12-31`) in a zone, epoch ms. */
export const startOfDate = (date: string, zone: string): number => firstInstant(Date.parse(date), zone);

/** The first instant after a date in a zone, epoch ms. */
export const endOfDate = (date: string, zone: string): number => firstInstant(Date.parse(date) + DAY, zone);

/** The first instant of a day, given in days since 1970-01-01, in a zone; epoch ms. */
export const startOfDay = (day: number, zone: string): number => firstInstant(day * DAY, zone);

/**
 * The local date of an instant in a zone, in days since 1970-01-01: the last one that has begun. Where clocks are set
 * back over midnight a date shows twice; here each begins once.
 */
export const dayOf = (instant: number, zone: string): number => {
  const inUtc = Math.floor(instant / DAY);
  if (startOfDay(inUtc, zone) > instant) return inUtc - 1;
  return startOfDay(inUtc + 1, zone) <= instant ? inUtc + 1 : inUtc;
};

const MONDAY = 1;

/** The first instant of the calendar period that an instant lies in; weeks begin on Monday. Epoch ms, IANA zone. */
export const startOf = (period: CalendarPeriod, instant: number, zone: string): number => {
  const wall = new Date(dayOf(instant, zone) * DAY);
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
  const begins = {
    day: () => Date.UTC(year, month, day),
    week: () => Date.UTC(year, month, day - ((wall.getUTCDay() + 7 - MONDAY) % 7)),
    month: () => Date.UTC(year, month, 1),
    quarter: () => Date.UTC(year, month - (month % 3), 1),
    year: () => Date.UTC(year, 0, 1),
  }[period]();
  return firstInstant(begins, zone);
};

/** Longer than half of any such period and shorter than two, days. */
const onward: Readonly<Record<CalendarPeriod, number>> = { day: 1.5, week: 10, month: 45, quarter: 135, year: 400 };

/** The first instant of the calendar period after the one that an instant lies in. */
export const nextStart = (period: CalendarPeriod, instant: number, zone: string): number =>
  startOf(period, startOf(period, instant, zone) + onward[period] * DAY, zone);

export const isTimeZone = (zone: string): boolean => {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
};
