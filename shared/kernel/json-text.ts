import type { Json } from './json.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How deeply arrays and objects are nested in a JSON text. Looks at the bytes, so that nothing can overflow. */
const depthOf = (bytes: Uint8Array): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENING.has(byte)) deepest = Math.max(deepest, ++depth);
    else if (CLOSING.has(byte)) depth--;
  }
  return deepest;
};

/** Far more than any event or model needs, far less than what overflows the stack of whoever walks it. */
const MAX_DEPTH = 40;

export type Parsed = { readonly value: Json } | { readonly fault: 'encoding' | 'depth' | 'syntax' };

/** UTF-8 JSON (RFC 8259) from bytes. Never throws. */
export const parseJson = (bytes: Uint8Array): Parsed => {
  if (depthOf(bytes) > MAX_DEPTH) return { fault: 'depth' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { fault: 'encoding' };
  }
  try {
    const value: Json = JSON.parse(text);
    return { value };
  } catch {
    return { fault: 'syntax' };
  }
};

export const jsonFaults = {
  encoding: 'The body is not UTF-8',
  depth: `The body is nested more than ${MAX_DEPTH} deep`,
  syntax: 'The body is not JSON',
} as const;
