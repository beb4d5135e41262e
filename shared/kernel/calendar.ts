import { DAY } from './duration.ts';

/** The number of an instant's local date, counted in days. Instants are epoch ms, zones IANA names. */
const dateNumber = (instant: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const part = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? Number.NaN, (part.month ?? Number.NaN) - 1, part.day) / DAY;
};

/** How many midnights lie between two instants in a zone: a day with a change of clocks is one day. */
export const daysBetween = (from: number, to: number, zone: string): number =>
  dateNumber(to, zone) - dateNumber(from, zone);

/** English dates in the European order; other languages as they are. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** The date of an instant in a zone, written out: `23 November 2026`. */
export const writtenDate = (instant: number, language: string, zone: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: zone }).format(instant);

/** How long ago an instant was, in the unit that a person would use: `yesterday`, `3 weeks ago`. */
export const longAgo = (instant: number, now: number, language: string, zone: string): string => {
  const days = Math.max(0, daysBetween(instant, now, zone));
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' });
  if (days < 14) return format.format(-days, 'day');
  if (days < 120) return format.format(-Math.floor(days / 7), 'week');
  if (days < 730) return format.format(-Math.floor(days / 30.44), 'month');
  return format.format(-Math.floor(days / 365.25), 'year');
};

/** A number without decimals; never a minus before zero. */
export const wholeNumber = (value: number, language: string): string =>
  new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 0, signDisplay: 'negative' }).format(value);
