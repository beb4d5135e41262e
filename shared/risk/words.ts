import { wholeNumber, writtenDate } from '../kernel/calendar.ts';
import { filled, type Plural, pluralForm } from '../kernel/phrase.ts';
import { bestLanguage, localText } from '../kernel/text.ts';
import { unreachable } from '../kernel/unreachable.ts';
import type { Reason } from './reasons.ts';

type ReasonWords = {
  readonly silent: Plural;
  readonly silentSinceJoining: Plural;
  readonly fell: string;
  readonly rose: string;
  readonly did: Plural;
  readonly stopped: Plural;
};

/**
 * Whole sentences with places for numbers, dates and titles. Titles come from the model in whatever form they have, so
 * they stand before a colon or alone, never where a language would want to inflect them.
 */
const table = {
  nb: {
    silent: { one: '{n} dag uten aktivitet', other: '{n} dager uten aktivitet' },
    silentSinceJoining: {
      one: 'Ingen aktivitet siden innmeldingen for {n} dag siden',
      other: 'Ingen aktivitet siden innmeldingen for {n} dager siden',
    },
    fell: '{title}: {now}, ned fra {before} på {weeks} uker',
    rose: '{title}: {now}, opp fra {before} på {weeks} uker',
    did: { one: '{title} ({date})', other: '{title} ({n} ganger, sist {date})' },
    stopped: {
      one: 'Ikke lenger: {title} ({n} gang året før, sist {date})',
      other: 'Ikke lenger: {title} ({n} ganger året før, sist {date})',
    },
  },
  sv: {
    silent: { one: '{n} dag utan aktivitet', other: '{n} dagar utan aktivitet' },
    silentSinceJoining: {
      one: 'Ingen aktivitet sedan inträdet för {n} dag sedan',
      other: 'Ingen aktivitet sedan inträdet för {n} dagar sedan',
    },
    fell: '{title}: {now}, ned från {before} på {weeks} veckor',
    rose: '{title}: {now}, upp från {before} på {weeks} veckor',
    did: { one: '{title} ({date})', other: '{title} ({n} gånger, senast {date})' },
    stopped: {
      one: 'Inte längre: {title} ({n} gång året innan, senast {date})',
      other: 'Inte längre: {title} ({n} gånger året innan, senast {date})',
    },
  },
  fi: {
    silent: {
      one: 'Edellisestä aktiivisuudesta on {n} päivä',
      other: 'Edellisestä aktiivisuudesta on {n} päivää',
    },
    silentSinceJoining: {
      one: 'Ei aktiivisuutta liittymisen jälkeen, liittymisestä on {n} päivä',
      other: 'Ei aktiivisuutta liittymisen jälkeen, liittymisestä on {n} päivää',
    },
    fell: '{title}: {now}, laskua {weeks} viikossa (oli {before})',
    rose: '{title}: {now}, nousua {weeks} viikossa (oli {before})',
    did: { one: '{title} ({date})', other: '{title} ({n} kertaa, viimeksi {date})' },
    stopped: {
      one: 'Ei enää: {title} (edeltävänä vuonna {n} kerran, viimeksi {date})',
      other: 'Ei enää: {title} (edeltävänä vuonna {n} kertaa, viimeksi {date})',
    },
  },
  en: {
    silent: { one: 'No activity for {n} day', other: 'No activity for {n} days' },
    silentSinceJoining: {
      one: 'No activity since joining {n} day ago',
      other: 'No activity since joining {n} days ago',
    },
    fell: '{title}: {now}, down from {before} in {weeks} weeks',
    rose: '{title}: {now}, up from {before} in {weeks} weeks',
    did: { one: '{title} ({date})', other: '{title} ({n} times, last on {date})' },
    stopped: {
      one: 'No longer: {title} ({n} time in the year before, last on {date})',
      other: 'No longer: {title} ({n} times in the year before, last on {date})',
    },
  },
} as const satisfies Readonly<Record<string, ReasonWords>>;

export type StaffLanguage = keyof typeof table;
export const staffLanguages: readonly StaffLanguage[] = ['nb', 'sv', 'fi', 'en'];

/** The language of the four in which a reader is best served. */
export const staffLanguage = (language: string, fallback: string): StaffLanguage => {
  const best = bestLanguage(staffLanguages, language, fallback);
  return staffLanguages.find((one) => one === best) ?? 'en';
};

/** A reader of a mail to staff, and how to write for them. */
export type Reader = {
  readonly language: StaffLanguage;
  /** The organisation's language, for titles that the reader's is missing from. */
  readonly fallback: string;
  readonly zone: string;
};

/** A reason as a sentence for staff, without a full stop. */
export const reasonInWords = (reason: Reason, { language, fallback, zone }: Reader): string => {
  const words: ReasonWords = table[language];
  const number = (value: number) => wholeNumber(value, language);
  switch (reason.kind) {
    case 'silent':
      return filled(pluralForm(words.silent, reason.days, language), { n: number(reason.days) });
    case 'silent-since-joining':
      return filled(pluralForm(words.silentSinceJoining, reason.days, language), { n: number(reason.days) });
    case 'fell':
    case 'rose':
      return filled(words[reason.kind], {
        title: localText(reason.title, language, fallback),
        now: number(reason.now),
        before: number(reason.before),
        weeks: number(reason.weeks),
      });
    case 'did':
    case 'stopped':
      return filled(pluralForm(words[reason.kind], reason.times, language), {
        title: localText(reason.title, language, fallback),
        n: number(reason.times),
        date: writtenDate(reason.last, language, zone),
      });
    default:
      return unreachable(reason);
  }
};
