import { type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import { held } from './held.ts';
import { CONFIG, PARTITION, SORT } from './keys.ts';

const Secret = z.object({
  secret: z.string(),
  createdAt: z.int(),
  /** The instant from which it counts no more, epoch ms. */
  expiresAt: z.int().optional(),
});
const Row = z.object({ id: z.string(), createdAt: z.int(), revision: z.int(), secrets: z.array(Secret) });

/** Nobody still waits for a secret that was asked for so long ago, ms: they may have asked again, and use that one. */
const GIVEN_UP_AFTER = 30_000;

export type Source = { readonly id: string; readonly createdAt: number; readonly secrets: readonly SourceSecret[] };
export type SourceSecret = z.infer<typeof Secret>;

/** The systems that may send events, each with the secrets that it signs with. */
export const sourceStore = ({ client, table, now }: { client: DynamoDBClient; table: string; now: () => number }) => {
  const key = (id: string) => ({ [PARTITION]: CONFIG.sources, [SORT]: id });

  const read = async (id: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(key(id)), ConsistentRead: true }),
    );
    return Item && Row.parse(unmarshall(Item));
  };
  const rows = cached(read, now);

  const write = async (row: z.infer<typeof Row>): Promise<boolean> => {
    const written = await held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...key(row.id), ...row }, { removeUndefinedValues: true }),
          ConditionExpression: row.revision === 1 ? 'attribute_not_exists(#p)' : '#r = :before',
          ExpressionAttributeNames: row.revision === 1 ? { '#p': PARTITION } : { '#r': 'revision' },
          ...(row.revision === 1 ? {} : { ExpressionAttributeValues: marshall({ ':before': row.revision - 1 }) }),
        }),
      ),
    );
    rows.forget(row.id);
    return written;
  };

  /**
   * Adds a secret; those that were there end at `othersEndAt` (epoch ms) if they did not end earlier, and those that
   * have ended are dropped. False if there is no such source. Throws where it took so long that somebody may have been
   * given another one meanwhile, which would end with the others.
   */
  const addSecret = async (id: string, secret: string, othersEndAt: number, askedAt = now()): Promise<boolean> => {
    const row = await read(id);
    if (!row) return false;
    if (now() - askedAt > GIVEN_UP_AFTER) throw new Error('Too late to add a secret');
    const others = row.secrets
      .map((other) => ({ ...other, expiresAt: Math.min(other.expiresAt ?? othersEndAt, othersEndAt) }))
      .filter(({ expiresAt }) => expiresAt > now());
    const secrets = [{ secret, createdAt: now() }, ...others];
    const written = await write({ ...row, revision: row.revision + 1, secrets });
    return written || addSecret(id, secret, othersEndAt, askedAt);
  };

  return {
    /** The source, at most `maxAge` ms old; undefined if there is none. */
    source: (id: string, maxAge = 60_000): Promise<Source | undefined> => rows.get(id, maxAge),
    /** All sources, by id. */
    async sources(): Promise<Source[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': PARTITION },
          ExpressionAttributeValues: marshall({ ':p': CONFIG.sources }),
          ConsistentRead: true,
        }),
      );
      return Items.map((item) => Row.parse(unmarshall(item)));
    },
    /** False if there is a source of this id already. */
    createSource: (id: string, secret: string): Promise<boolean> =>
      write({ id, createdAt: now(), revision: 1, secrets: [{ secret, createdAt: now() }] }),
    addSecret: (id: string, secret: string, othersEndAt: number): Promise<boolean> =>
      addSecret(id, secret, othersEndAt),
  };
};
