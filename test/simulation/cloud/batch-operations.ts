import type {
  BatchExecuteStatementCommandInput,
  BatchExecuteStatementCommandOutput,
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Item, scalarOf } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { knowing, NotUnderstood } from './misuse.ts';
import { readStatement, runStatement } from './statements.ts';
import type { Table } from './table.ts';

type TableAt = (name: string | undefined) => Table;

const MOST_STATEMENTS = 25;
const MOST_KEYS = 100;
/** Bytes. */
const MOST_READ = 16_777_216;

const needDistinct = (table: Table, all: readonly Item[], otherwise: string): void => {
  const { partition, sort } = table.keys;
  const keys = all.map((key) => {
    const first = String(scalarOf(key[partition.name]));
    return `${first.length}#${first}${scalarOf(key[sort.name])}`;
  });
  if (new Set(keys).size < keys.length) throw invalid(otherwise);
};

const executeKnows = new Set<keyof BatchExecuteStatementCommandInput>(['Statements']);

/** Each statement by itself, with an answer of its own. */
export const batchExecuteStatement = (
  tableAt: TableAt,
  input: BatchExecuteStatementCommandInput,
): Omit<BatchExecuteStatementCommandOutput, '$metadata'> => {
  knowing(executeKnows, input);
  const { Statements = [] } = input;
  if (Statements.length === 0 || Statements.length > MOST_STATEMENTS) throw invalid('1 to 25 statements to a request');
  const statements = Statements.map((one) => readStatement(one, tableAt));
  const table = tableAt(statements[0]?.table);
  if (statements.some((one) => one.table !== table.name)) throw new NotUnderstood('Statements are for one table');
  const keys = statements.map(({ key }) => key);
  needDistinct(table, keys, 'Two statements for one item');
  return { Responses: statements.map((one) => runStatement(table, one)) };
};

const getKnows = new Set<keyof BatchGetItemCommandInput>(['RequestItems']);
const keysKnow = new Set(['Keys', 'ConsistentRead']);

/** From one table. What is more than an answer holds is left unprocessed. */
export const batchGetItem = (
  tableAt: TableAt,
  input: BatchGetItemCommandInput,
): Omit<BatchGetItemCommandOutput, '$metadata'> => {
  knowing(getKnows, input);
  const [asked, ...others] = Object.entries(input.RequestItems ?? {});
  if (!asked || others.length > 0) throw new NotUnderstood('Batches are read from one table');
  const [name, request] = asked;
  knowing(keysKnow, request);
  const { Keys = [], ...rest } = request;
  if (Keys.length === 0 || Keys.length > MOST_KEYS) throw invalid('1 to 100 keys to a request');
  const table = tableAt(name);
  needDistinct(table, Keys, 'Provided list of item keys contains duplicates');
  let bytes = 0;
  const entries = Keys.map((key) => {
    const { entry } = table.at(key);
    bytes += entry?.bytes ?? 0;
    return { key, entry, read: bytes <= MOST_READ };
  });
  const unread = entries.filter(({ read }) => !read).map(({ key }) => key);
  // Not in the order asked for, which nobody may rely on.
  const items = entries.flatMap(({ entry, read }) => (entry && read ? [entry.item] : [])).reverse();
  const UnprocessedKeys = unread.length === 0 ? {} : { [name]: { ...rest, Keys: unread } };
  return { Responses: { [name]: items }, UnprocessedKeys };
};
