import { createHash } from 'node:crypto';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { held } from './held.ts';
import { PARTITION, QUARANTINE, SORT } from './keys.ts';

export const Quarantined = z.object({
  id: z.string().meta({ description: 'Follows from the content, so the same input lies here once' }),
  at: z.int().meta({ description: 'When it came here last, epoch ms' }),
  reason: z.string().meta({ description: 'Why it could not be processed' }),
  body: z.string().meta({ description: 'The input as it came' }),
});
export type Quarantined = z.infer<typeof Quarantined>;

const Row = Quarantined.omit({ id: true }).extend({ [SORT]: z.string() });

const idOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 32);

/** Input that nothing can process as it is, kept with its reason until somebody looks at it and replays it. */
export const quarantineStore = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const key = (id: string) => marshall({ [PARTITION]: QUARANTINE, [SORT]: id });
  const quarantined = (item: Record<string, unknown>): Quarantined => {
    const { [SORT]: id, ...rest } = Row.parse(item);
    return { id, ...rest };
  };
  return {
    /** Keeps the input; the same input again is the same item. Returns its id. */
    async put({ at, reason, body }: Omit<Quarantined, 'id'>): Promise<string> {
      const id = idOf(body);
      await client.send(
        new PutItemCommand({ TableName: table, Item: { ...key(id), ...marshall({ at, reason, body }) } }),
      );
      return id;
    },
    async get(id: string): Promise<Quarantined | undefined> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key(id), ConsistentRead: true }));
      return Item && quarantined(unmarshall(Item));
    },
    /** A page, by id; `after` is the `next` of the page before. Large inputs make it shorter than the limit. */
    async list({
      after,
      limit,
    }: {
      after?: string | undefined;
      limit: number;
    }): Promise<{ readonly items: readonly Quarantined[]; readonly next?: string }> {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: after === undefined ? `${PARTITION} = :q` : `${PARTITION} = :q AND ${SORT} > :after`,
          ExpressionAttributeValues: marshall({
            ':q': QUARANTINE,
            ...(after === undefined ? {} : { ':after': after }),
          }),
          ConsistentRead: true,
          Limit: limit,
        }),
      );
      const next = LastEvaluatedKey?.[SORT]?.S;
      return { items: Items.map((item) => quarantined(unmarshall(item))), ...(next === undefined ? {} : { next }) };
    },
    /** Removes it, unless the same input has come here again since it was read. */
    async remove({ id, at }: Pick<Quarantined, 'id' | 'at'>): Promise<void> {
      await held(
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: key(id),
            ConditionExpression: '#at = :at',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: marshall({ ':at': at }),
          }),
        ),
      );
    },
  };
};
export type QuarantineStore = ReturnType<typeof quarantineStore>;
