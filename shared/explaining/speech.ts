import { daysBetween, writtenDate } from '../kernel/calendar.ts';
import type { Json } from '../kernel/json.ts';
import { kept } from '../kernel/kept.ts';
import { filled, type Plural, pluralForm } from '../kernel/phrase.ts';
import { type LocalText, localText } from '../kernel/text.ts';
import { staffLanguage } from '../risk/words.ts';
import { lengthIn } from './length.ts';
import { en } from './words/en.ts';
import { fi } from './words/fi.ts';
import { nb } from './words/nb.ts';
import { sv } from './words/sv.ts';
import type { Words } from './words/words.ts';

const all = { nb, sv, fi, en } as const satisfies Readonly<Record<string, Words>>;

/** All the words that explanations are made of, by language. */
export const explanationWords: Readonly<Record<string, Words>> = all;

/** For whom something is put into words. */
export type Reader = {
  /** A language code; of the four there are, the one that serves its reader best is taken. */
  readonly language: string;
  /** The organisation's language. */
  readonly fallback: string;
  /** Where the organisation's days begin, an IANA name. */
  readonly zone: string;
};

const PERIOD = /^calendar (day|week|month|quarter|year)$/;

const formats = kept((locale) => ({
  numbers: new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'negative' }),
  shares: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
  lists: new Intl.ListFormat(locale, { type: 'conjunction' }),
  choices: new Intl.ListFormat(locale, { type: 'disjunction' }),
}));

/** How one reader is spoken to: numbers, dates, titles and sentences in their way. */
export const speechFor = ({ language: asked, fallback, zone }: Reader) => {
  const language = staffLanguage(asked, fallback);
  const words: Words = all[language];
  const locale = language === 'en' ? 'en-GB' : language;
  const { numbers, shares, lists, choices } = formats(locale);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const number = (value: number): string => numbers.format(value);
  const plural = (forms: Plural, n: number, values: Readonly<Record<string, string>> = {}): string =>
    filled(pluralForm(forms, rounded(n), language), { ...values, n: number(n) });
  const length = (text: string, table: Words['length'] = words.length): string => {
    const parts = lengthIn(text);
    return parts ? plural(table[parts.unit], parts.count) : text;
  };

  return {
    language,
    words,
    number,
    plural,
    length,
    points: (value: number): string => plural(words.points, value),
    share: (value: number): string => shares.format(value),
    date: (instant: number): string => writtenDate(instant, language, zone),
    days: (from: number, to: number): number => daysBetween(from, to, zone),
    list: (items: readonly string[]): string => lists.format(items),
    either: (items: readonly string[]): string => choices.format(items),
    /** A value as a person reads it. */
    value: (value: Json): string => {
      if (typeof value === 'boolean') return value ? words.yes : words.no;
      return typeof value === 'number' ? number(value) : typeof value === 'string' ? value : JSON.stringify(value);
    },
    title: (text: LocalText): string => localText(text, asked, fallback),
    quoted: (text: LocalText): string => filled(words.quoted, { text: localText(text, asked, fallback) }),
    /** The period of a cap: of so many days, of the calendar, or ever. */
    per: (period: string | undefined): string => {
      if (period === undefined) return words.per.ever;
      const [, calendar] = PERIOD.exec(period) ?? [];
      return calendar !== undefined && calendar in words.per
        ? words.per[calendar as keyof Words['per']]
        : length(period, words.within);
    },
  };
};
export type Speech = ReturnType<typeof speechFor>;
