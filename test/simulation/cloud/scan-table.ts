import type { ScanCommandInput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { hash32 } from '../random.ts';
import { compareScalars, type Scalar } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { condition, projection } from './expressions.ts';
import { primaryKey } from './key-schema.ts';
import { knowing } from './misuse.ts';
import { comparePlaces, type Entry } from './ordered.ts';
import { scopeOf } from './placeholders.ts';
import { keyOf, pageOf } from './query-table.ts';
import type { Table } from './table.ts';

const known = new Set<keyof ScanCommandInput>([
  ...(['TableName', 'ConsistentRead', 'Select', 'ProjectionExpression', 'FilterExpression'] as const),
  ...(['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const),
  ...(['ExclusiveStartKey', 'Limit', 'Segment', 'TotalSegments'] as const),
]);

type Spot = Pick<Entry, 'partition' | 'place'>;

const compareSpots = (a: Spot, b: Spot): number =>
  compareScalars(a.partition, b.partition) || comparePlaces(a.place, b.place);

/** A table item by item, or one of several parts of it: a partition lies in one part. */
export const scanTable = (table: Table, input: ScanCommandInput): Omit<ScanCommandOutput, '$metadata'> => {
  knowing(known, input);
  const { ProjectionExpression, FilterExpression, Select, ExclusiveStartKey, Limit } = input;
  const { Segment = 0, TotalSegments = 1 } = input;
  if (Segment >= TotalSegments) throw invalid('Segment must be less than TotalSegments');
  if (Select !== undefined && (Select === 'SPECIFIC_ATTRIBUTES') !== (ProjectionExpression !== undefined)) {
    throw invalid('Select and ProjectionExpression do not go together');
  }
  const shown = ProjectionExpression === undefined ? undefined : projection(ProjectionExpression);
  const wanted = FilterExpression === undefined ? undefined : condition(FilterExpression);
  const scope = scopeOf(input, shown?.uses, wanted?.uses);
  const isIn = (partition: Scalar) => hash32(String(partition)) % TotalSegments === Segment;
  const start = ExclusiveStartKey && primaryKey(ExclusiveStartKey, table.keys);
  const rest = table.items
    .all()
    .filter((entry) => isIn(entry.partition) && (!start || compareSpots(entry, start) > 0))
    .sort(compareSpots);
  const { page, full } = pageOf(rest, Limit ?? Number.POSITIVE_INFINITY);
  const found = page.filter(({ item }) => !wanted || wanted.test(item, scope));
  const last = full ? page.at(-1) : undefined;
  return {
    Items: found.map(({ item }) => (shown ? shown.apply(item, scope) : item)),
    Count: found.length,
    ScannedCount: page.length,
    ...(last ? { LastEvaluatedKey: keyOf(last.item, table.keys) } : {}),
  };
};
