import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { SendDigest } from '../../events/effect.ts';
import type { Claims } from '../mailing/send-once.ts';
import { batchGet, type Table } from './batch-get.ts';
import { ClaimRow, claimItem, isOpen } from './claim-key.ts';
import { type ClaimTools, claims } from './claims.ts';
import { held } from './held.ts';
import { DIGESTS, digestKey, PARTITION, SORT } from './keys.ts';

/** The digest of one owner for one run of the schedule (epoch ms); with what it was asked for by, it can wait. */
export type DigestKey = { readonly owner: string; readonly run: number; readonly asked?: SendDigest };

const Last = z.object({ [SORT]: z.string(), listedAt: z.int() });
const HeldRow = ClaimRow.extend({ asked: z.string().optional() });

const keyOf = ({ owner, run }: DigestKey) => ({
  partition: DIGESTS,
  sort: digestKey(owner, new Date(run).toISOString()),
});
const lastKey = (owner: string) => marshall({ [PARTITION]: DIGESTS, [SORT]: owner });

/** Which digests were sent. */
export const digestClaims = (tools: ClaimTools): Claims<DigestKey> => {
  const { claim, mark, hold } = claims(tools);
  return {
    claim: (key) => claim(keyOf(key)),
    mark: (key, token, state, detail) => mark(keyOf(key), token, state, detail),
    hold: (key, token, until) => hold(keyOf(key), token, { ...until, asked: JSON.stringify(key.asked ?? null) }),
  };
};

type Tools = { readonly client: DynamoDBClient; readonly table: string };

/** What a digest that waits, or has waited, was asked for by; undefined where it has come to an end. */
export const heldDigests =
  ({ client, table }: Tools) =>
  async (key: DigestKey): Promise<SendDigest | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: claimItem(keyOf(key)), ConsistentRead: true }),
    );
    const { state, asked } = Item ? HeldRow.parse(unmarshall(Item)) : {};
    return isOpen(state) && asked !== undefined ? SendDigest.parse(JSON.parse(asked)) : undefined;
  };

/** When the lists of the owners' last sent digests were read, epoch ms; of those who have had one. */
export const lastListed =
  (tools: Table) =>
  async (owners: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const rows = (await batchGet(tools, owners.map(lastKey))).map((row) => Last.parse(unmarshall(row)));
    return new Map(rows.map(({ [SORT]: owner, listedAt }) => [owner, listedAt]));
  };

/** Notes up to when an owner knows who is at risk (epoch ms), unless a later instant is noted already. */
export const noteListed =
  ({ client, table }: Tools) =>
  async (owner: string, listedAt: number): Promise<void> => {
    await held(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: lastKey(owner),
          UpdateExpression: 'SET #at = :at',
          ConditionExpression: 'attribute_not_exists(#at) OR #at < :at',
          ExpressionAttributeNames: { '#at': 'listedAt' },
          ExpressionAttributeValues: marshall({ ':at': listedAt }),
        }),
      ),
    );
  };
