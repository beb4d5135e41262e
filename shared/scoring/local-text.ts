import * as z from 'zod';

export const Language = z.string().regex(/^[a-z]{2}$/, 'a language code of two letters, for example fi');
/** One text for all, or one per language. */
export const LocalText = z.union([z.string().min(1).max(500), z.record(Language, z.string().min(1).max(500))], {
  error: 'a text of 500 letters at most, or one for each language: { nb: …, en: … }',
});
