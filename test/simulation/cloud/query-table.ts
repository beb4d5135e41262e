import type { QueryCommandInput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { type Item, type Scalar, scalarOf } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { keyCondition, projection } from './expressions.ts';
import { type KeySchema, primaryKey } from './key-schema.ts';
import { knowing, NotUnderstood } from './misuse.ts';
import { comparePlaces, type Entry } from './ordered.ts';
import { nameIn, type Scope, scopeOf, valueIn } from './placeholders.ts';
import type { Table } from './table.ts';

/** Bytes that a page goes up to. */
const PAGE = 1_048_576;

const known = new Set<keyof QueryCommandInput>([
  ...(['TableName', 'IndexName', 'KeyConditionExpression', 'ProjectionExpression', 'ExclusiveStartKey'] as const),
  ...(['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const),
  ...(['ConsistentRead', 'ScanIndexForward', 'Limit'] as const),
]);

/** How the simulator has the tables read. */
type Reading = {
  /** How many of its last changes an index does not show. */
  readonly lag: number;
  /** No page has more items where the query does not say how many. */
  readonly page: number;
};

type Source = {
  readonly keys: KeySchema;
  readonly in: (partition: Scalar) => readonly Entry[];
  readonly after: (key: Item) => Entry['place'];
};

const sourceOf = (table: Table, { IndexName, ConsistentRead }: QueryCommandInput, lag: number): Source => {
  if (IndexName === undefined) {
    return { keys: table.keys, in: table.items.partition, after: (key) => primaryKey(key, table.keys).place };
  }
  const index = table.indexes.get(IndexName);
  if (!index) throw invalid(`The table does not have the specified index: ${IndexName}`);
  if (ConsistentRead) throw invalid('Consistent reads are not supported on global secondary indexes');
  const start = (key: Item) => index.placeOf(key)?.place ?? [];
  return { keys: index.keys, in: index.view(lag).partition, after: start };
};

const matching = (source: Source, expression: string, scope: Scope): Entry[] => {
  const { partition, sort } = keyCondition(expression);
  const { keys } = source;
  const named = nameIn(scope, partition.name) === keys.partition.name;
  if (!named || (sort && nameIn(scope, sort.name) !== keys.sort.name)) {
    throw new NotUnderstood(`Not by the keys, partition key first: ${expression}`);
  }
  const scalar = scalarOf(valueIn(scope, partition.value));
  const bound = sort && valueIn(scope, sort.value);
  const fits = typeof scalar === keys.partition.type && (!bound || typeof scalarOf(bound) === keys.sort.type);
  if (scalar === undefined || !fits) throw invalid('Condition parameter type does not match schema type');
  return source.in(scalar).filter(({ item }) => {
    const value = item[keys.sort.name];
    return !sort || !bound || (value !== undefined && sort.holds(value, bound));
  });
};

/** As many as go on a page, and whether it ended before the entries did, or just with them for having reached a limit. */
export const pageOf = (entries: readonly Entry[], limit: number): { page: readonly Entry[]; full: boolean } => {
  let bytes = 0;
  for (const [i, entry] of entries.entries()) {
    bytes += entry.bytes;
    if (i + 1 >= limit || bytes >= PAGE) return { page: entries.slice(0, i + 1), full: true };
  }
  return { page: entries, full: false };
};

/** Where the next page goes on. */
export const keyOf = (item: Item, ...schemas: readonly KeySchema[]) =>
  Object.fromEntries(
    schemas
      .flatMap(({ partition, sort }) => [partition.name, sort.name])
      .flatMap((name) => (item[name] ? [[name, item[name]]] : [])),
  );

export const queryTable = (
  table: Table,
  input: QueryCommandInput,
  { lag, page: most }: Reading,
): Omit<QueryCommandOutput, '$metadata'> => {
  knowing(known, input);
  const { KeyConditionExpression, ProjectionExpression, ExclusiveStartKey, ScanIndexForward, Limit } = input;
  if (KeyConditionExpression === undefined) throw invalid('A key condition must be specified');
  if (Limit !== undefined && Limit < 1) throw invalid('Limit must be at least 1');
  const shown = ProjectionExpression === undefined ? undefined : projection(ProjectionExpression);
  const scope = scopeOf(input, keyCondition(KeyConditionExpression).uses, shown?.uses);
  const source = sourceOf(table, input, lag);
  const found = matching(source, KeyConditionExpression, scope);
  const turned = ScanIndexForward === false ? found.reverse() : found;
  const ahead = ScanIndexForward === false ? -1 : 1;
  const start = ExclusiveStartKey && source.after(ExclusiveStartKey);
  const rest = start ? turned.filter(({ place }) => ahead * comparePlaces(place, start) > 0) : turned;
  const { page, full } = pageOf(rest, Limit ?? most);
  const last = full ? page.at(-1) : undefined;
  return {
    Items: page.map(({ item }) => (shown ? shown.apply(item, scope) : item)),
    Count: page.length,
    ScannedCount: page.length,
    ...(last ? { LastEvaluatedKey: keyOf(last.item, source.keys, table.keys) } : {}),
  };
};
