import type {
  DeleteItemCommandInput,
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './attribute-values.ts';
import { conditionFailed, invalid } from './dynamodb-errors.ts';
import { condition, update } from './expressions.ts';
import { knowing } from './misuse.ts';
import { type Scope, scopeOf } from './placeholders.ts';
import type { Table } from './table.ts';

const NOTHING: Item = {};
const placeholders = ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const;

const getKnows = new Set<keyof GetItemCommandInput>(['TableName', 'Key', 'ConsistentRead']);
const putKnows = new Set<keyof PutItemCommandInput>(['TableName', 'Item', 'ConditionExpression', ...placeholders]);
const deleteKnows = new Set<keyof DeleteItemCommandInput>(['TableName', 'Key', 'ConditionExpression', ...placeholders]);
const updateKnows = new Set<keyof UpdateItemCommandInput>([
  ...(['TableName', 'Key', 'ConditionExpression', 'UpdateExpression', 'ReturnValues'] as const),
  ...placeholders,
]);

const check = (expression: string | undefined, item: Item | undefined, scope: Scope): void => {
  if (expression !== undefined && !condition(expression).test(item ?? NOTHING, scope)) throw conditionFailed();
};

const usesOf = (expression: string | undefined) => (expression === undefined ? undefined : condition(expression).uses);

export const getItem = (table: Table, input: GetItemCommandInput): Omit<GetItemCommandOutput, '$metadata'> => {
  knowing(getKnows, input);
  const { entry } = table.at(input.Key ?? NOTHING);
  return entry ? { Item: entry.item } : {};
};

export const putItem = (table: Table, input: PutItemCommandInput): object => {
  knowing(putKnows, input);
  const item = input.Item ?? NOTHING;
  const scope = scopeOf(input, usesOf(input.ConditionExpression));
  const spot = table.spotOf(item);
  check(input.ConditionExpression, spot.entry?.item, scope);
  table.put(spot, item);
  return {};
};

export const deleteItem = (table: Table, input: DeleteItemCommandInput): object => {
  knowing(deleteKnows, input);
  const { entry } = table.at(input.Key ?? NOTHING);
  check(input.ConditionExpression, entry?.item, scopeOf(input, usesOf(input.ConditionExpression)));
  if (entry) table.remove(entry);
  return {};
};

export const updateItem = (table: Table, input: UpdateItemCommandInput): object => {
  knowing(updateKnows, input);
  const { Key = NOTHING, UpdateExpression, ConditionExpression } = input;
  if (UpdateExpression === undefined) throw invalid('An update without an expression');
  const change = update(UpdateExpression);
  const scope = scopeOf(input, change.uses, usesOf(ConditionExpression));
  const spot = table.at(Key);
  const there = spot.entry?.item;
  if (change.namesIn(scope).some((name) => name in Key)) {
    throw invalid(
      'One or more parameter values were invalid: Cannot update attribute. This attribute is part of the key',
    );
  }
  check(ConditionExpression, there, scope);
  const next = change.apply(there ?? Key, scope);
  table.put(spot, next);
  if (input.ReturnValues === 'ALL_NEW') return { Attributes: next };
  if (input.ReturnValues === 'UPDATED_NEW') {
    return {
      Attributes: Object.fromEntries(change.namesIn(scope).flatMap((name) => (next[name] ? [[name, next[name]]] : []))),
    };
  }
  return {};
};
