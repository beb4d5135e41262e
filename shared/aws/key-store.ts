import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import type { SealingKey } from '../sealing/sealed-reference.ts';
import { held } from './held.ts';
import { CONFIG, PARTITION, SORT } from './keys.ts';

const Key = z.object({ id: z.string().regex(/^[0-9a-f]{8}$/), key: z.base64(), createdAt: z.int() });
const Row = z.object({ revision: z.int(), keys: z.array(Key).min(1) });
type Row = z.infer<typeof Row>;

export type KeyTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};

const LINKS = 'links';
const ID_BYTES = 4;
const KEY_BYTES = 32;

/** The keys that links in mails are sealed with, the newest first. The first one is made when it is first needed. */
export const keyStore = ({ client, table, now, randomBytes }: KeyTools) => {
  const place = { [PARTITION]: CONFIG.keys, [SORT]: LINKS };

  const stored = async (): Promise<Row | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(place), ConsistentRead: true }),
    );
    return Item && Row.parse(unmarshall(Item));
  };
  const newKey = () => ({
    id: Buffer.from(randomBytes(ID_BYTES)).toString('hex'),
    key: Buffer.from(randomBytes(KEY_BYTES)).toString('base64'),
    createdAt: now(),
  });
  /** Whether nobody has written in between. */
  const write = ({ revision, keys }: Row): Promise<boolean> =>
    held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...place, revision, keys }),
          ConditionExpression: revision === 1 ? 'attribute_not_exists(#p)' : '#r = :before',
          ExpressionAttributeNames: revision === 1 ? { '#p': PARTITION } : { '#r': 'revision' },
          ...(revision === 1 ? {} : { ExpressionAttributeValues: marshall({ ':before': revision - 1 }) }),
        }),
      ),
    );
  const made = async (): Promise<Row> => {
    const row = await stored();
    if (row) return row;
    // Whoever comes second reads what the first one wrote.
    await write({ revision: 1, keys: [newKey()] });
    return made();
  };
  const rows = cached(made, now);

  const rotate = async (): Promise<string> => {
    const { revision, keys } = await made();
    const key = newKey();
    const written = await write({ revision: revision + 1, keys: [key, ...keys] });
    rows.forget(LINKS);
    return written ? key.id : rotate();
  };

  return {
    /** At most `maxAge` ms old. */
    async linkKeys(maxAge: number): Promise<readonly SealingKey[]> {
      const row = await rows.get(LINKS, maxAge);
      return (row?.keys ?? []).map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') }));
    },
    /** Links are sealed with a new key from here on; the keys before it still open what they sealed. Returns its id. */
    rotate,
  };
};
