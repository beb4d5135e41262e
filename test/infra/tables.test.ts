import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  DOUBT_INDEX,
  DUE_INDEX,
  EXPIRY,
  MODEL_INDEX,
  PARTITION,
  SORT,
  STAGE_INDEX,
  TAG_INDEX,
} from '../../shared/aws/keys.ts';
import { resources, types } from '../support/template.ts';

const keys = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];
const Table = z.object({
  KeySchema: z.unknown(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  BillingMode: z.string(),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.boolean() }),
  DeletionProtectionEnabled: z.boolean(),
  TimeToLiveSpecification: z.unknown(),
  GlobalSecondaryIndexes: z
    .array(z.object({ IndexName: z.string(), KeySchema: z.unknown(), Projection: z.unknown() }))
    .default([]),
});
const tables = resources('AWS::DynamoDB::Table', Table);

describe('every table', () => {
  it.each(tables)('can be put back to any second of the last 35 days: $id', ({ of }) =>
    expect(of.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true),
  );
  it.each(tables)('cannot be deleted, and outlives the stack: $id', ({ kept, of }) =>
    expect([kept, of.DeletionProtectionEnabled]).toEqual([true, true]),
  );
  it.each(tables)('costs nothing when nothing happens: $id', ({ of }) =>
    expect(of.BillingMode).toBe('PAY_PER_REQUEST'),
  );
  it.each(tables)('has the keys that the stores use: $id', ({ of }) =>
    expect(of.KeySchema).toEqual(keys(PARTITION, SORT)),
  );
  it('stays in one region', () => expect(types()).not.toContain('AWS::DynamoDB::GlobalTable'));
});

it.each(tables)('may let go of what has had its time: $id', ({ of }) =>
  expect(of.TimeToLiveSpecification).toEqual({ AttributeName: EXPIRY, Enabled: true }),
);

describe('the members table', () => {
  const indexes = tables.flatMap(({ of }) => of.GlobalSecondaryIndexes);

  it.each([DUE_INDEX, STAGE_INDEX, TAG_INDEX, DOUBT_INDEX, MODEL_INDEX])(
    'has the index $name, with keys only',
    ({ name, partition, sort }) =>
      expect(indexes).toContainEqual({
        IndexName: name,
        KeySchema: keys(partition, sort),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      }),
  );
  it('has no other index: each costs a write', () => expect(indexes).toHaveLength(5));
  it.each([DUE_INDEX, MODEL_INDEX])('sorts the index $name by a number', ({ sort }) =>
    expect(tables.flatMap(({ of }) => of.AttributeDefinitions)).toContainEqual({
      AttributeName: sort,
      AttributeType: 'N',
    }),
  );
});
