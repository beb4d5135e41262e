import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Claims, Reclaims } from '../mailing/send-once.ts';
import { type ClaimTools, claims } from './claims.ts';
import { held } from './held.ts';
import { DIGESTS, digestKey, PARTITION, SORT } from './keys.ts';

/** The digest of one owner for one run of the schedule (epoch ms). */
export type DigestKey = { readonly owner: string; readonly scheduledAt: number };

const Last = z.object({ listedAt: z.int() });

/** Which digests were sent, and up to when each owner knows who is at risk. */
export const digestStore = (tools: ClaimTools) => {
  const { client, table } = tools;
  const { claim, reclaim, mark } = claims(tools);
  const keyOf = ({ owner, scheduledAt }: DigestKey) => ({
    partition: DIGESTS,
    sort: digestKey(owner, new Date(scheduledAt).toISOString()),
  });
  const lastKey = (owner: string) => marshall({ [PARTITION]: DIGESTS, [SORT]: owner });
  const own: Claims<DigestKey> & Reclaims<DigestKey> = {
    claim: (key) => claim(keyOf(key)),
    reclaim: (key) => reclaim(keyOf(key)),
    mark: (key, token, state, detail) => mark(keyOf(key), token, state, detail),
    // Nobody would take it up again but the next start of the run.
    hold: (key, token, { why }) => mark(keyOf(key), token, 'released', why),
  };

  return {
    claims: own,
    /** When the list of the owner's last sent digest was read, epoch ms; undefined before the first. */
    async lastListed(owner: string): Promise<number | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: lastKey(owner), ConsistentRead: true }),
      );
      return Item && Last.parse(unmarshall(Item)).listedAt;
    },
    /** Notes it, unless a later one is noted already. */
    async noteListed(owner: string, listedAt: number): Promise<void> {
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
    },
  };
};
