import { invisible } from '../kernel/invisible.ts';

/** What is left at the end where a text was cut in the middle of something joined. */
const loose = /[\s\u200c\u200d]+$/u;

/**
 * A text fit for one line of a header or a heading: no line breaks, no invisible characters but those by which others are
 * joined, no doubled blanks, and at most `max` characters (code points), the last one an ellipsis where something was cut off.
 */
export const oneLine = (text: string, max: number): string => {
  const line = text.toWellFormed().replace(invisible, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .replace(loose, '')}…`;
};
