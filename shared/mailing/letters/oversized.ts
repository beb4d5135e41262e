import type { ByLanguage, Letters } from './compiled-letter.ts';

/** Some mail programs cut off what is longer, and with it the way out: bytes. Fields and people need room besides. */
const MOST = 100_000;
const ROOM = 10_000;

export type Oversized = { readonly path: readonly string[]; readonly bytes: number };

/** Letters whose HTML is so long that mail programs cut it off, by their place in the model. */
export const oversized = (letters: Letters, ids: readonly string[]): readonly Oversized[] => {
  const each = (byLanguage: ByLanguage | undefined, path: readonly (string | number)[]) =>
    Object.entries(byLanguage ?? {}).map(([language, { html }]) => ({
      path: [...path, language].map(String),
      bytes: new TextEncoder().encode(html).byteLength,
    }));
  return ids
    .flatMap((id, i) => each(letters.messages[id], ['messages', i, 'templates']))
    .filter(({ bytes }) => bytes > MOST - ROOM);
};
