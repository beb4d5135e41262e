import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Claim, Claims } from '../mailing/send-once.ts';
import { held } from './held.ts';
import { PARTITION, SORT } from './keys.ts';

/** How the items that hold claims are named, and which they are: partition and sort key. */
export type ClaimKey = { readonly partition: string; readonly sort: string };

export type ClaimTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** A value that nobody else ever holds: one for each try, so that a late answer cannot pass for another's. */
  readonly newToken: () => string;
};

/**
 * Whoever has not said within this time what became of their claim is dead or cut off, ms. Longer than any function
 * that sends may run, shorter than the time after which the queue hands the message out again.
 */
const LOST_AFTER = 5 * 60_000;

const Row = z.object({
  state: z.enum(['claimed', 'released', 'unknown', 'sent', 'refused', 'skipped']),
  at: z.int(),
});

const names = { '#state': 'state', '#token': 'token', '#at': 'at' };

/** Says which mail it is, to SES and to nobody else. */
const tagOf = ({ partition, sort }: ClaimKey): string =>
  createHash('sha256')
    .update(JSON.stringify([partition, sort]))
    .digest('base64url');

/** Claims of mails in a table: who may send, and what became of it. One item each; its condition decides. */
export const claims = ({ client, table, now, newToken }: ClaimTools): Claims<ClaimKey> => {
  const keyOf = ({ partition, sort }: ClaimKey) => marshall({ [PARTITION]: partition, [SORT]: sort });

  /** Why the claim could not be had. */
  const taken = async (key: ClaimKey): Promise<Claim> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }));
    const row = Item && Row.parse(unmarshall(Item));
    if (!row || row.state === 'released') return { kind: 'busy' };
    if (row.state !== 'claimed') return { kind: 'settled' };
    const old = now() - LOST_AFTER;
    if (row.at > old) return { kind: 'busy' };
    const lost = await held(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression: 'SET #state = :unknown, #detail = :detail',
          ConditionExpression: '#state = :claimed AND #at <= :old',
          ExpressionAttributeNames: { '#state': 'state', '#at': 'at', '#detail': 'detail' },
          ExpressionAttributeValues: marshall({
            ':unknown': 'unknown',
            ':detail': 'no-word-of-it',
            ':claimed': 'claimed',
            ':old': old,
          }),
        }),
      ),
    );
    return { kind: lost ? 'lost' : 'busy' };
  };

  return {
    async claim(key) {
      const token = newToken();
      // The SDK may repeat the call when an answer is lost: the same token finds its own claim.
      const mine = await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(key),
            UpdateExpression: 'SET #state = :claimed, #token = :token, #at = :at',
            ConditionExpression:
              'attribute_not_exists(#state) OR #state = :released OR (#state = :claimed AND #token = :token)',
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: marshall({
              ':claimed': 'claimed',
              ':released': 'released',
              ':token': token,
              ':at': now(),
            }),
          }),
        ),
      );
      return mine ? { kind: 'mine', token, tag: tagOf(key) } : taken(key);
    },

    async mark(key, token, state, detail) {
      // Not held: the record was erased meanwhile, and stays so.
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyOf(key),
            UpdateExpression: 'SET #state = :state, #detail = :detail, #at = :at',
            ConditionExpression: '#token = :token',
            ExpressionAttributeNames: { ...names, '#detail': 'detail' },
            ExpressionAttributeValues: marshall({ ':state': state, ':detail': detail, ':token': token, ':at': now() }),
          }),
        ),
      );
    },
  };
};
