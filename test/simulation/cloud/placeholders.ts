import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';

/** What `#name` and `:value` stand for. */
export type Scope = { readonly names: Readonly<Record<string, string>>; readonly values: Item };

type Input = {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
};

/** Throws, as DynamoDB does, where a placeholder is given and not used. One used and not given is found when looked up. */
export const scopeOf = (input: Input, ...uses: readonly (ReadonlySet<string> | undefined)[]): Scope => {
  const { ExpressionAttributeNames, ExpressionAttributeValues } = input;
  const check = (given: object | undefined, what: string): void => {
    if (given === undefined) return;
    const placeholders = Object.keys(given);
    if (placeholders.length === 0) throw invalid(`${what} must not be empty`);
    const unused = placeholders.filter((one) => !uses.some((used) => used?.has(one)));
    if (unused.length > 0) throw invalid(`Value provided in ${what} unused in expressions: keys: {${unused}}`);
  };
  check(ExpressionAttributeNames, 'ExpressionAttributeNames');
  check(ExpressionAttributeValues, 'ExpressionAttributeValues');
  return { names: ExpressionAttributeNames ?? {}, values: ExpressionAttributeValues ?? {} };
};

/** The attribute that a word of an expression means. */
export const nameIn = (scope: Scope, word: string): string => {
  if (!word.startsWith('#')) return word;
  const name = scope.names[word];
  if (name === undefined)
    throw invalid(`An expression attribute name used in the document path is not defined: ${word}`);
  return name;
};

export const valueIn = (scope: Scope, word: string): AttributeValue => {
  const value = scope.values[word];
  if (value === undefined) throw invalid(`An expression attribute value used in expression is not defined: ${word}`);
  return value;
};
