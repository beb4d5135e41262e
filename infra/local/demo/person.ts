import type { Random } from './random.ts';

export type Language = 'nb' | 'sv' | 'fi' | 'en';

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly attributes: {
    readonly firstName: string;
    readonly lastName: string;
    readonly language: Language;
    readonly region: string;
    readonly branch: string;
  };
};

type Names = { readonly first: readonly [string, ...string[]]; readonly last: readonly [string, ...string[]] };

/** Surnames that say that they are invented, so that nobody is taken for a real person. */
const names: Readonly<Record<Language, Names>> = {
  nb: {
    first: ['Kari', 'Ola', 'Nora', 'Jonas', 'Solveig', 'Magnus', 'Ingeborg', 'Henrik', 'Sigrid', 'Even'],
    last: ['Eksempelsen', 'Prøvestad', 'Liksomrud', 'Oppdiktvik', 'Påfunnås', 'Tenkthaug'],
  },
  sv: {
    first: ['Astrid', 'Nils', 'Elin', 'Gustav', 'Maja', 'Oskar', 'Saga', 'Viktor', 'Ebba', 'Hugo'],
    last: ['Exempelström', 'Låtsasson', 'Påhittberg', 'Provgren', 'Tänktqvist', 'Fantasilund'],
  },
  fi: {
    first: ['Aino', 'Eino', 'Helmi', 'Onni', 'Venla', 'Väinö', 'Tuuli', 'Otso', 'Lumi', 'Ilmari'],
    last: ['Esimerkkilä', 'Keksitty', 'Kokeiluniemi', 'Mallila', 'Satunen', 'Tekaistunen'],
  },
  en: {
    first: ['Amina', 'Pedro', 'Grace', 'Dmitri', 'Mei', 'Samuel', 'Leila', 'Tomasz', 'Priya', 'Kofi'],
    last: ['Sampleton', 'Madeup', 'Placeholder', 'Testwell', 'Inventham', 'Fictionley'],
  },
};

const regions: Readonly<Record<Language, readonly [string, ...string[]]>> = {
  nb: ['oslo', 'oslo', 'bergen', 'tromso'],
  sv: ['stockholm', 'stockholm', 'goteborg', 'umea'],
  fi: ['helsinki', 'helsinki', 'tampere', 'oulu'],
  en: ['oslo', 'stockholm', 'helsinki', 'goteborg'],
};

const ascii = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');

/** The id of the how-manieth person of a demo. It holds the seed, so that demos of several seeds do not mix. */
export const personId = (seed: number, number: number): string => `demo-${seed}-${String(number).padStart(4, '0')}`;

/** A made-up person; the address is in a domain that is kept free for examples. */
export const person = (chance: Random, id: string): Person => {
  const language = chance.weighted({ nb: 40, sv: 25, fi: 25, en: 10 });
  const firstName = chance.pick(names[language].first);
  const lastName = chance.pick(names[language].last);
  return {
    id,
    email: `${ascii(firstName)}.${ascii(lastName)}.${id}@example.com`,
    attributes: {
      firstName,
      lastName,
      language,
      region: chance.pick(regions[language]),
      branch: language === 'en' ? 'maritime' : chance.pick(['care', 'industry', 'schools', 'transport']),
    },
  };
};
