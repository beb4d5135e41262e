import { kept } from './kept.ts';

const rules = kept((language) => new Intl.PluralRules(language));

/** A phrase for one and for several. The languages of the mails to staff need no other forms for whole numbers. */
export type Plural = { readonly one: string; readonly other: string };

export const pluralForm = ({ one, other }: Plural, n: number, language: string): string =>
  rules(language).select(n) === 'one' ? one : other;

/** Puts values into the `{places}` of a sentence, as they are: a value may hold braces of its own. */
export const filled = (sentence: string, values: Readonly<Record<string, string>>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? '') : place));
