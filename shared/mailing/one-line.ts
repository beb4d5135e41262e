/** Everything that could end a line or turn its direction: control and format characters, U+2028 and U+2029. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * A text fit for one line of a header or a heading: no line breaks or invisible characters, no doubled blanks, and
 * at most `max` characters (code points), the last one an ellipsis where something was cut off.
 */
export const oneLine = (text: string, max: number): string => {
  const line = text.toWellFormed().replace(unfit, ' ').replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
};
