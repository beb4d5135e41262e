import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Purpose } from '../../events/purpose.ts';

/** A key that references are sealed with. Its id, eight hexadecimal digits, stands in what it sealed. */
export type SealingKey = { readonly id: string; readonly key: Uint8Array };

/** Whose mail a link stands in, and for what it was sent. */
export type Reference = { readonly member: string; readonly purpose: Purpose };

const VERSION = 1;
const ID = 4;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + ID;
/** So that its length tells little of the id in it. */
const BLOCK = 32;
/** A member's id has 128 UTF-16 code units at most: three bytes each, and the purpose. */
const MOST = Math.ceil((1 + 3 * 128) / BLOCK) * BLOCK;
/** The most characters that a sealed reference may have. */
const LONGEST = Math.ceil(((HEAD + NONCE + MOST + TAG) * 4) / 3);

const CIPHER = 'aes-256-gcm';

const derived = (key: Uint8Array, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `polku reference ${use}`, 32));

/** The nonce follows from the content (as in SIV, RFC 5297), so that no chance is needed and none is used twice. */
const nonceOf = (key: Uint8Array, head: Uint8Array, plain: Uint8Array): Buffer =>
  createHmac('sha256', derived(key, 'nonce')).update(head).update(plain).digest().subarray(0, NONCE);

const plainOf = ({ member, purpose }: Reference): Buffer => {
  const said = Buffer.concat([Buffer.from([1 + Purpose.options.indexOf(purpose)]), Buffer.from(member)]);
  const plain = Buffer.alloc(Math.ceil(said.length / BLOCK) * BLOCK);
  said.copy(plain);
  return plain;
};

const referenceIn = (plain: Buffer): Reference | undefined => {
  const purpose = Purpose.options[(plain[0] ?? 0) - 1];
  // No id holds a control character, so what is zero at the end is padding.
  const member = plain.subarray(1).toString().replace(/\0+$/, '');
  return purpose === undefined || member === '' ? undefined : { member, purpose };
};

/**
 * A reference that only the holder of the key can read or make: letters, digits, `-` and `_`, fit for a URL. The same
 * reference under the same key gives the same text. AES-256-GCM over the padded reference, the key's id beside it.
 */
export const sealed = ({ id, key }: SealingKey, reference: Reference): string => {
  const head = Buffer.concat([Buffer.from([VERSION]), Buffer.from(id, 'hex')]);
  if (head.length !== HEAD) throw new RangeError('A sealing key has an id of eight hexadecimal digits');
  const plain = plainOf(reference);
  const nonce = nonceOf(key, head, plain);
  const cipher = createCipheriv(CIPHER, derived(key, 'content'), nonce).setAAD(head);
  return Buffer.concat([head, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

/** The bytes of a text that is the one way of writing them. */
const bytesOf = (text: string): Buffer | undefined => {
  if (text.length > LONGEST || !/^[\w-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  const whole = bytes.length - HEAD - NONCE - TAG;
  const fits = whole > 0 && whole % BLOCK === 0 && bytes[0] === VERSION;
  return fits && bytes.toString('base64url') === text ? bytes : undefined;
};

/** The id of the key that a text says it was sealed with; undefined where it is no sealed reference at all. */
export const keyIdIn = (text: string): string | undefined => bytesOf(text)?.toString('hex', 1, HEAD);

/** What was sealed; undefined where none of the keys sealed this very text. */
export const unsealed = (keys: readonly SealingKey[], text: string): Reference | undefined => {
  const bytes = bytesOf(text);
  const id = bytes?.toString('hex', 1, HEAD);
  const key = keys.find((one) => one.id === id)?.key;
  if (!bytes || !key) return undefined;
  const head = bytes.subarray(0, HEAD);
  const nonce = bytes.subarray(HEAD, HEAD + NONCE);
  const cipher = createDecipheriv(CIPHER, derived(key, 'content'), nonce).setAAD(head).setAuthTag(bytes.subarray(-TAG));
  try {
    const plain = Buffer.concat([cipher.update(bytes.subarray(HEAD + NONCE, -TAG)), cipher.final()]);
    return nonceOf(key, head, plain).equals(nonce) ? referenceIn(plain) : undefined;
  } catch {
    return undefined;
  }
};
