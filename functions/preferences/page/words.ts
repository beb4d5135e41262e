import type { Optional, PageWords } from './page-words.ts';
import { en } from './words-en.ts';
import { fi } from './words-fi.ts';
import { nb } from './words-nb.ts';
import { sv } from './words-sv.ts';

export const PAGE_LANGUAGES = ['nb', 'sv', 'fi', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export const OPTIONAL: readonly Optional[] = ['membership', 'marketing', 'fundraising'];

/**
 * The version of the texts that people agree to. Raise it with every change of what `purposes` and `trackingSays` say: a
 * consent is kept with the version of the text that it was given to.
 */
export const WORDING = 'preferences-2';

export const pageWords: Readonly<Record<PageLanguage, PageWords>> = { nb, sv, fi, en };
