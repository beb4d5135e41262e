/** A text in one language for all, or one per language (`nb`, `sv`, `fi`, `en` …). */
export type LocalText = string | Readonly<Record<string, string>>;

/** What a reader of a language understands best when their own is missing. The Sámi languages go by where most live. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  nn: ['nb', 'no', 'da', 'sv'],
  nb: ['no', 'nn', 'da', 'sv'],
  no: ['nb', 'nn', 'da', 'sv'],
  da: ['nb', 'no', 'sv'],
  sv: ['nb', 'no', 'da'],
  fi: ['sv'],
  se: ['nb', 'fi', 'sv'],
  smj: ['se', 'sv', 'nb'],
  sma: ['se', 'nb', 'sv'],
  smn: ['se', 'fi'],
  sms: ['se', 'fi'],
  fkv: ['fi', 'nb'],
  fit: ['fi', 'sv'],
  fo: ['da', 'nb', 'nn'],
  kl: ['da'],
};

/** The languages to try in turn for a reader: their own, its neighbours, the organisation's, English. */
export const languageChain = (language: string | undefined, fallback: string): readonly string[] => {
  const own = language?.toLowerCase().split('-')[0];
  return [...new Set([...(own ? [own, ...(neighbours[own] ?? [])] : []), fallback, 'en'])];
};

/** The best of the languages there are for a reader; undefined where there are none at all. */
export const bestLanguage = (
  available: readonly string[],
  language: string | undefined,
  fallback: string,
): string | undefined => languageChain(language, fallback).find((one) => available.includes(one)) ?? available[0];

/** The text in the best language there is for a reader. */
export const localText = (text: LocalText, language: string | undefined, fallback: string): string => {
  if (typeof text === 'string') return text;
  const best = bestLanguage(Object.keys(text), language, fallback);
  return best === undefined ? '' : (text[best] ?? '');
};
