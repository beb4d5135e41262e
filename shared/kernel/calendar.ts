import { DAY } from './duration.ts';
import { kept } from './kept.ts';

const dateParts = kept(
  (language, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' }),
);
const longDate = kept((language, timeZone) => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone }));
const passed = kept((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));
const decimal = kept((language) => new Intl.NumberFormat(language));
const whole = kept(
  (language) => new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'negative' }),
);

/** The number of an instant's local date, counted in days. Instants are epoch ms, zones IANA names. */
const dateNumber = (instant: number, zone: string): number => {
  const parts = dateParts('en', zone);
  const part = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year ?? Number.NaN, (part.month ?? Number.NaN) - 1, part.day) / DAY;
};

/** How many midnights lie between two instants in a zone: a day with a change of clocks is one day. */
export const daysBetween = (from: number, to: number, zone: string): number =>
  dateNumber(to, zone) - dateNumber(from, zone);

/** The same time so many months before, in UTC: 31 August less six months is the last of February. Epoch ms. */
export const monthsBefore = (instant: number, months: number): number => {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months + 1, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return date.getTime();
};

/** English dates in the European order; other languages as they are. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** The date of an instant in a zone, written out: `23 November 2026`. */
export const writtenDate = (instant: number, language: string, zone: string): string =>
  longDate(localeOf(language), zone).format(instant);

/** How long ago an instant was, in the unit that a person would use: `yesterday`, `3 weeks ago`. */
export const longAgo = (instant: number, now: number, language: string, zone: string): string => {
  const days = Math.max(0, daysBetween(instant, now, zone));
  const format = passed(localeOf(language));
  if (days < 14) return format.format(-days, 'day');
  if (days < 120) return format.format(-Math.floor(days / 7), 'week');
  if (days < 730) return format.format(-Math.floor(days / 30.44), 'month');
  return format.format(-Math.floor(days / 365.25), 'year');
};

/** A number without decimals; never a minus before zero. */
export const wholeNumber = (value: number, language: string): string => whole(localeOf(language)).format(value);

/** A number with three decimals at most, as the language writes it: `1 234,5`. */
export const localNumber = (value: number, language: string): string => decimal(localeOf(language)).format(value);
