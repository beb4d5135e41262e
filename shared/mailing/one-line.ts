/**
 * Everything that could end a line or turn its direction: control and format characters, U+2028 and U+2029. Not a joiner or
 * non-joiner (U+200D, U+200C) between two characters that it is about: emoji of several parts are held together by the one,
 * and Persian and Indic names are spelled with both. Anywhere else it is only invisible.
 */
const unfit =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d][\p{L}\p{M}\p{Extended_Pictographic}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** What is left at the end where a text was cut in the middle of something joined. */
const loose = /[\s\u200c\u200d]+$/u;

/**
 * A text fit for one line of a header or a heading: no line breaks, no invisible characters but those by which others are
 * joined, no doubled blanks, and at most `max` characters (code points), the last one an ellipsis where something was cut off.
 */
export const oneLine = (text: string, max: number): string => {
  const line = text.toWellFormed().replace(unfit, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .replace(loose, '')}…`;
};
