import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { expect } from 'vitest';
import { operations, storesOn } from './store-operations.ts';

const TABLES = ['members', 'config'];

/** Bytes as text: whether they come in a Buffer is no difference, and thousands of them are compared at once. */
const readable = (item: Record<string, AttributeValue>) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B ? { B: Buffer.from(value.B).toString('base64') } : value,
    ]),
  );

/** Every item of both tables, in one order. */
const holding = async (client: DynamoDBClient) => {
  const scans = TABLES.map(async (TableName) => {
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    if (LastEvaluatedKey) throw new Error('The tables have grown too large to be compared');
    return Items.map((item) => [`${item.pk?.S} ${item.sk?.S}`, readable(item)] as const).toSorted(([a], [b]) =>
      a < b ? -1 : 1,
    );
  });
  return Promise.all(scans);
};

/**
 * Carries out the same operations of the stores on both, and demands after each the same answer and the same items.
 * @param seed from which the operations follow
 */
export const sameAfterEach = async (
  one: DynamoDBClient,
  other: DynamoDBClient,
  { seed, count }: { readonly seed: number; readonly count: number },
): Promise<void> => {
  const [ours, theirs] = [storesOn(one), storesOn(other)];
  for (const [i, { says, run }] of fc.sample(operations, { seed, numRuns: count }).entries()) {
    const answers = await Promise.all([run(ours), run(theirs)]);
    const after = `operation ${i} of seed ${seed}: ${says}`;
    expect(answers[0], after).toEqual(answers[1]);
    expect(await holding(one), after).toEqual(await holding(other));
  }
};
