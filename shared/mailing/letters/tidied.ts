/** Plain text in which no line begins or ends in a blank, but for the second ones of an item, and no two in a row are empty. */
export const tidied = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
