/**
 * Control and format characters: they end lines, turn the direction of a text, steer a terminal. Not a joiner or non-joiner
 * (U+200D, U+200C) between two characters that it is about: emoji of several parts are held together by the one, and Persian
 * and Indic names are spelled with both. Anywhere else it is only invisible.
 */
export const invisible =
  /(?!(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d][\p{L}\p{M}\p{Extended_Pictographic}])[\p{Cc}\p{Cf}]/gu;
