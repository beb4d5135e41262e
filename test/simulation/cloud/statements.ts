import type { AttributeValue, BatchStatementResponse, ParameterizedStatement } from '@aws-sdk/client-dynamodb';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { type Item, isSame } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { NotUnderstood } from './misuse.ts';
import type { Table } from './table.ts';

type Form = {
  readonly kind: 'insert' | 'update';
  readonly table: string;
  /** The attributes that its parameters stand for, in order: those it writes, then those it asks for. */
  readonly writes: readonly string[];
  readonly asks: readonly string[];
};

const INSERT = /^INSERT INTO "([^"]+)" VALUE \{(.+)\}$/;
const UPDATE = /^UPDATE "([^"]+)" SET (.+) WHERE (.+)$/;

const notUnderstood = (text: string): never => {
  throw new NotUnderstood(`Not understood: ${text}`);
};

const names = (list: string, between: RegExp, part: RegExp): string[] =>
  list.split(between).map((one) => part.exec(one)?.[1] ?? notUnderstood(one));

const read = (text: string): Form => {
  const insert = INSERT.exec(text);
  if (insert) {
    const [, table = '', values = ''] = insert;
    return { kind: 'insert', table, writes: names(values, /,\s*/, /^'(\w+)': \?$/), asks: [] };
  }
  const [, table = '', sets = '', where = ''] = UPDATE.exec(text) ?? notUnderstood(text);
  const equality = /^"?(\w+)"? = \?$/;
  return { kind: 'update', table, writes: names(sets, /,\s*/, equality), asks: names(where, / AND /, equality) };
};

const forms = new Map<string, Form>();
const formOf = (text: string): Form => {
  const form = forms.get(text) ?? read(text);
  forms.set(text, form);
  return form;
};

/** The parameters from one on, by the attributes that they stand for. */
const paired = (attributes: readonly string[], values: readonly AttributeValue[], from: number): Item => {
  const item: Record<string, AttributeValue> = {};
  for (const [i, name] of attributes.entries())
    item[name] = values[from + i] ?? notUnderstood('a parameter is missing');
  return item;
};

/** A statement with its parameters in place. */
type ReadStatement = {
  readonly kind: 'insert' | 'update';
  readonly table: string;
  /** All attributes of the item it inserts, or those it sets. */
  readonly written: Item;
  /** The key of the item. */
  readonly key: Item;
  /** What an update asks of the item, its key too; means nothing where it is inserted. */
  readonly asked: Item;
};

/** Reads one of the forms in which member records are written. Throws NotUnderstood on any other. */
export const readStatement = (statement: ParameterizedStatement, tableAt: (name: string) => Table): ReadStatement => {
  const { kind, table, writes, asks } = formOf(statement.Statement ?? '');
  const parameters = statement.Parameters ?? [];
  if (parameters.length !== writes.length + asks.length) notUnderstood('another number of parameters than of places');
  const written = paired(writes, parameters, 0);
  const { partition, sort } = tableAt(table).keys;
  const where = kind === 'insert' ? written : paired(asks, parameters, writes.length);
  const { [partition.name]: first, [sort.name]: second } = where;
  if (!first || !second) throw invalid('The statement names no whole key');
  return { kind, table, written, key: { [partition.name]: first, [sort.name]: second }, asked: where };
};

const failing = (Code: 'ConditionalCheckFailed' | 'DuplicateItem' | 'ValidationError', Message: string) => ({
  Error: { Code, Message },
});

const holds = (item: Item, asked: Item): boolean => {
  for (const name in asked) {
    const [there, value] = [item[name], asked[name]];
    if (there === undefined || value === undefined || !isSame(there, value)) return false;
  }
  return true;
};

const write = (table: Table, { kind, written, key, asked }: ReadStatement): BatchStatementResponse => {
  const spot = table.at(key);
  const there = spot.entry?.item;
  if (kind === 'insert') {
    if (there) return failing('DuplicateItem', 'Duplicate primary key exists in table');
    table.put(spot, written);
  } else {
    if (!there || !holds(there, asked)) return failing('ConditionalCheckFailed', 'The conditional request failed');
    if (Object.keys(written).some((name) => name in key)) throw invalid('Cannot update a part of the key');
    table.put(spot, { ...there, ...written });
  }
  return { TableName: table.name };
};

/** Carries one out by itself: what refuses it is in its answer. */
export const runStatement = (table: Table, statement: ReadStatement): BatchStatementResponse => {
  try {
    return write(table, statement);
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error;
    return failing('ValidationError', error.message);
  }
};
