/** The most characters that an encoded word may have: RFC 2047, section 2. */
const WORD = 75;
const OPEN = '=?UTF-8?B?';
const CLOSE = '?=';
/** Base64 makes four characters of three bytes. */
const BYTES = Math.floor((WORD - OPEN.length - CLOSE.length) / 4) * 3;

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** A text as encoded words, none of which breaks a character in two. */
const encodedWords = (text: string): string => {
  const encoder = new TextEncoder();
  const words: number[][] = [];
  for (const character of text) {
    const bytes = [...encoder.encode(character)];
    const last = words.at(-1);
    if (last && last.length + bytes.length <= BYTES) last.push(...bytes);
    else words.push(bytes);
  }
  return words.map((bytes) => `${OPEN}${base64(Uint8Array.from(bytes))}${CLOSE}`).join(' ');
};

/** `"Name" <address>` for the header From; a name beyond ASCII as encoded words (RFC 2047, RFC 5322 section 3.4). */
export const fromHeader = (name: string, address: string): string => {
  const shown = /^[\x20-\x7e]*$/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : encodedWords(name);
  return `${shown} <${address}>`;
};
