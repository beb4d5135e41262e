const form = /^(\d{1,5}) (day|week|month|year)s?$/;

/** A length of time by the calendar: `"30 days"`, `"18 years"`. Months and years are as long as the calendar makes them. */
export type CalendarSpan = { readonly months: number; readonly days: number };

export const isCalendarSpan = (text: string): boolean => form.test(text);

/** `"2 weeks"` → 14 days, `"18 years"` → 216 months. Throws on any other form. */
export const calendarSpan = (text: string): CalendarSpan => {
  const [, count, unit] = form.exec(text) ?? [];
  if (!count || !unit) throw new Error('Not a length by the calendar: write for example "30 days" or "18 years"');
  const so = Number(count);
  if (unit === 'day' || unit === 'week') return { months: 0, days: unit === 'week' ? so * 7 : so };
  return { months: unit === 'year' ? so * 12 : so, days: 0 };
};

const DAY = 86_400_000;

/**
 * The day so far after another, or before it where `direction` is −1. A month that is too short for the date ends on
 * its last day: one month after 31 January is the end of February.
 * @param day in days since 1970-01-01, as is the result
 */
export const dayAway = (day: number, { months, days }: CalendarSpan, direction: 1 | -1): number => {
  if (months === 0) return day + direction * days;
  const from = new Date(day * DAY);
  const [year, month, date] = [from.getUTCFullYear(), from.getUTCMonth() + direction * months, from.getUTCDate()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date, lastOfMonth)) / DAY;
};
