import type { TableBlueprint } from '../../../infra/local/template/tables.ts';
import { type Item, type Scalar, scalarOf, utf8Bytes } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { NotUnderstood } from './misuse.ts';

type KeyAttribute = { readonly name: string; readonly type: 'string' | 'number'; readonly most: number };

/** The two attributes that a table or an index is keyed by. */
export type KeySchema = { readonly partition: KeyAttribute; readonly sort: KeyAttribute };

/** Bytes. */
const MOST = { HASH: 2048, RANGE: 1024 } as const;
const TYPES: Readonly<Record<string, 'string' | 'number'>> = { S: 'string', N: 'number' };

export const keySchema = (
  keys: TableBlueprint['KeySchema'],
  definitions: TableBlueprint['AttributeDefinitions'],
): KeySchema => {
  const attribute = (kind: 'HASH' | 'RANGE'): KeyAttribute => {
    const name = keys.find(({ KeyType }) => KeyType === kind)?.AttributeName;
    const type = TYPES[definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? ''];
    if (name === undefined || type === undefined) {
      throw new NotUnderstood('Keys are a partition key and a sort key, of texts or numbers');
    }
    return { name, type, most: MOST[kind] };
  };
  return { partition: attribute('HASH'), sort: attribute('RANGE') };
};

/** The value of a key attribute; undefined where the item lacks it. Throws where it cannot be one. */
export const keyScalar = (item: Item, { name, type, most }: KeyAttribute): Scalar | undefined => {
  const value = item[name];
  if (value === undefined) return undefined;
  const scalar = scalarOf(value);
  if (scalar === undefined || typeof scalar !== type) {
    throw invalid(`One or more parameter values were invalid: Type mismatch for key ${name}`);
  }
  if (scalar === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  if (typeof scalar === 'string' && scalar.length * 3 > most && utf8Bytes(scalar) > most) {
    throw invalid('One or more parameter values were invalid: Size of a key has exceeded its limit');
  }
  return scalar;
};

/** Throws where the item has no such key. */
export const primaryKey = (item: Item, { partition, sort }: KeySchema): { partition: Scalar; place: [Scalar] } => {
  const [first, second] = [keyScalar(item, partition), keyScalar(item, sort)];
  if (first === undefined || second === undefined) {
    throw invalid('One or more parameter values were invalid: Missing a key in the item');
  }
  return { partition: first, place: [second] };
};
