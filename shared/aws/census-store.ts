import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { censusParts, isExpired } from './census-parts.ts';
import { held } from './held.ts';
import { EXPIRY, PARTITION, previewKey, SORT } from './keys.ts';

/** A question about everybody that was asked: as of when, and how the work on it goes. Times are epoch ms. */
export const CensusHead = z.object({
  id: z.string(),
  at: z.int(),
  /** The version of the model that was in force then. */
  current: z.int(),
  parts: z.int().positive(),
  attempt: z.int().positive(),
  startedAt: z.int(),
  expiresAt: z.int(),
});
export type CensusHead = Readonly<z.infer<typeof CensusHead>>;

export type CensusTools = {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
};

/** What is stored of the questions of a kind, and of what is counted for them. */
type Kind<Head, Tally> = {
  readonly name: string;
  readonly head: z.ZodType<Head>;
  readonly tally: z.ZodType<Tally>;
};

/** Questions about everybody, and how far the counting has come. They expire. */
export const censusStore = <Head extends CensusHead, Tally>(
  tools: CensusTools,
  { name, head: Stored, tally }: Kind<Head, Tally>,
) => {
  const { client, table, now } = tools;
  const key = (id: string, sort: string) => marshall({ [PARTITION]: previewKey(id), [SORT]: sort });
  const row = async (id: string, sort: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key(id, sort), ConsistentRead: true }),
    );
    return Item && !isExpired(Item, now()) ? unmarshall(Item) : undefined;
  };
  const put = async (sort: string, { id, expiresAt }: CensusHead, content: object): Promise<void> => {
    const Item = { ...key(id, sort), ...marshall({ ...content, [EXPIRY]: Math.ceil(expiresAt / 1000) }) };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  };
  const drop = async (id: string, sort: string): Promise<void> => {
    await client.send(new DeleteItemCommand({ TableName: table, Key: key(id, sort) }));
  };

  const { parts, part, keepPart } = censusParts(tools, tally);

  return {
    parts,
    part,
    keepPart,
    row,
    put,
    drop,
    /** Undefined where there is none, or it has expired. */
    async get(id: string): Promise<Head | undefined> {
      const found = await row(id, name);
      const head = found && Stored.parse(found);
      return head && head.expiresAt > now() ? head : undefined;
    },
    begin: (head: Head): Promise<void> => put(name, head, head),
    /** Notes that the work begins another time, at `startedAt`. False where somebody else has it begin just now. */
    startAgain: ({ id, at, attempt }: Head, startedAt: number): Promise<boolean> =>
      held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: key(id, name),
            UpdateExpression: 'SET #attempt = :next, #startedAt = :startedAt',
            ConditionExpression: '#at = :at AND #attempt = :attempt',
            ExpressionAttributeNames: { '#attempt': 'attempt', '#startedAt': 'startedAt', '#at': 'at' },
            ExpressionAttributeValues: marshall({
              ':next': attempt + 1,
              ':startedAt': startedAt,
              ':at': at,
              ':attempt': attempt,
            }),
          }),
        ),
      ),
    /** Whoever works on it notices, and stops. What they have counted stays until it expires, and nobody finds it. */
    remove: (id: string): Promise<void> => drop(id, name),
  };
};
