import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { NotUnderstood } from './misuse.ts';

/** Kept as it was given: nobody changes an item in place. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** What items are ordered by. */
export type Scalar = string | number;

const numberOf = (text: string): number => {
  const value = Number(text);
  // Any other spelling would come back from DynamoDB changed.
  if (String(value) !== text) throw new NotUnderstood('A number is not in the form in which DynamoDB gives it back');
  return value;
};

/** The text or number in an attribute; undefined for any other kind. */
export const scalarOf = (value: AttributeValue | undefined): Scalar | undefined => {
  if (value?.S !== undefined) return value.S;
  return value?.N === undefined ? undefined : numberOf(value.N);
};

/** Surrogates stand for what is above all other code units. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

/** By code points, which is the order of the UTF-8 bytes. */
const compareTexts = (a: string, b: string): number => {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
};

/** Negative, zero or positive; NaN where one is a text and the other a number. */
export const compareScalars = (a: Scalar, b: Scalar): number => {
  if (typeof a === 'string') return typeof b === 'string' ? compareTexts(a, b) : Number.NaN;
  return typeof b === 'number' ? a - b : Number.NaN;
};

/** Whether `=` holds between two attributes. */
export const isSame = (a: AttributeValue, b: AttributeValue): boolean => {
  const [x, y] = [scalarOf(a), scalarOf(b)];
  if (x !== undefined && y !== undefined) return x === y;
  if (a.BOOL !== undefined && b.BOOL !== undefined) return a.BOOL === b.BOOL;
  throw new NotUnderstood('Only texts, numbers and booleans are compared');
};

/** Counted here where that is quicker than to ask. */
export const utf8Bytes = (text: string): number => {
  if (text.length > 100) return Buffer.byteLength(text);
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return Buffer.byteLength(text);
  }
  return text.length;
};

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

const numberBytes = (text: string): number => {
  numberOf(text);
  return Math.ceil(text.length / 2) + 1;
};

const valueBytes = (value: AttributeValue): number => {
  if (value.S !== undefined) return utf8Bytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return 3 + sum(value.L, (one) => 1 + valueBytes(one));
  if (value.M !== undefined) return 3 + sum(Object.values(value.M), () => 1) + bytesOf(value.M);
  if (value.B !== undefined) return value.B.byteLength;
  throw new NotUnderstood('Sets are not modelled');
};

/**
 * The size of an item, in bytes.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const bytesOf = (item: Item): number => {
  let bytes = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) bytes += utf8Bytes(name) + valueBytes(value);
  }
  return bytes;
};
