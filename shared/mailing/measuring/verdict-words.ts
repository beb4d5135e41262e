import { filled, type Plural, pluralForm } from '../../kernel/phrase.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { StaffLanguage } from '../../risk/words.ts';
import type { Verdict } from './verdict.ts';

type Words = {
  readonly helped: string;
  readonly harmed: string;
  readonly none: string;
  readonly open: string;
  readonly few: string;
  readonly months: Plural;
  readonly long: string;
};

const words: Readonly<Record<StaffLanguage, Words>> = {
  en: {
    helped: 'helped',
    harmed: 'harmed',
    none: 'makes no difference worth knowing',
    open: 'cannot tell yet',
    few: 'cannot tell yet, too few people',
    months: { one: 'about {n} more month at this pace', other: 'about {n} more months at this pace' },
    long: 'more than three years at this pace',
  },
  nb: {
    helped: 'hjalp',
    harmed: 'skadet',
    none: 'gjør ingen forskjell av betydning',
    open: 'kan ikke si det ennå',
    few: 'kan ikke si det ennå, for få mennesker',
    months: { one: 'omtrent {n} måned til i dette tempoet', other: 'omtrent {n} måneder til i dette tempoet' },
    long: 'mer enn tre år i dette tempoet',
  },
  sv: {
    helped: 'hjälpte',
    harmed: 'skadade',
    none: 'gör ingen skillnad av betydelse',
    open: 'kan inte säga ännu',
    few: 'kan inte säga ännu, för få personer',
    months: { one: 'ungefär {n} månad till i den här takten', other: 'ungefär {n} månader till i den här takten' },
    long: 'mer än tre år i den här takten',
  },
  fi: {
    helped: 'auttoi',
    harmed: 'haittasi',
    none: 'ei vaikuta mainittavasti',
    open: 'ei voi vielä sanoa',
    few: 'ei voi vielä sanoa, liian vähän ihmisiä',
    months: { one: 'vielä noin {n} kuukausi tällä tahdilla', other: 'vielä noin {n} kuukautta tällä tahdilla' },
    long: 'yli kolme vuotta tällä tahdilla',
  },
};

/** Longer than this nobody will wait. */
const MOST_MONTHS = 36;

/** A verdict in plain words. */
export const verdictInWords = (verdict: Verdict, language: StaffLanguage): string => {
  const { helped, harmed, none, open, few, months, long } = words[language];
  switch (verdict.kind) {
    case 'helped':
      return helped;
    case 'harmed':
      return harmed;
    case 'no-difference':
      return none;
    case 'cannot-tell':
    case 'too-few': {
      const said = verdict.kind === 'too-few' ? few : open;
      if (verdict.months === undefined) return said;
      const n = verdict.months;
      return `${said}, ${n > MOST_MONTHS ? long : filled(pluralForm(months, n, language), { n: String(n) })}`;
    }
    default:
      return unreachable(verdict);
  }
};
