import { createHash } from 'node:crypto';
import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { canonicalJson } from '../kernel/json.ts';
import { Model } from '../scoring/model.ts';
import { held } from './held.ts';
import { EXPIRY, PARTITION, previewKey, SORT } from './keys.ts';
import { previewParts } from './preview-parts.ts';

const Head = z.object({
  id: z.string(),
  at: z.int(),
  from: z.int(),
  lastMonths: z.int(),
  current: z.int(),
  parts: z.int().positive(),
  attempt: z.int().positive(),
  startedAt: z.int(),
  expiresAt: z.int(),
});
/** A preview that was asked for. Times are epoch ms. */
export type PreviewHead = Readonly<z.infer<typeof Head>>;

const HEAD = 'preview';
const DRAFT = 'draft';
const Draft = z.object({ body: z.string() });

/** Previews of drafts, and how far they have come. They name members, so they expire. */
export const previewStore = (tools: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly now: () => number;
}) => {
  const { client, table, now } = tools;
  const key = (id: string, sort: string) => marshall({ [PARTITION]: previewKey(id), [SORT]: sort });
  const row = async (id: string, sort: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key(id, sort), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  };
  const put = async (sort: string, { id, expiresAt }: PreviewHead, content: object): Promise<void> => {
    const Item = { ...key(id, sort), ...marshall({ ...content, [EXPIRY]: Math.ceil(expiresAt / 1000) }) };
    await client.send(new PutItemCommand({ TableName: table, Item }));
  };

  return {
    ...previewParts(tools),
    /** The same question has the same id, so that whoever asks again finds what there is. */
    idOf: (draft: Model, lastMonths: number, current: number): string =>
      createHash('sha256').update(canonicalJson({ draft, lastMonths, current })).digest('hex').slice(0, 32),

    /** Undefined where there is none, or it has expired. */
    async get(id: string): Promise<PreviewHead | undefined> {
      const found = await row(id, HEAD);
      const head = found && Head.parse(found);
      return head && head.expiresAt > now() ? head : undefined;
    },
    async draft(id: string): Promise<Model | undefined> {
      const found = await row(id, DRAFT);
      return found && Model.parse(JSON.parse(Draft.parse(found).body));
    },
    /** The draft comes first: whoever finds the head finds it. */
    async begin(head: PreviewHead, draft: Model): Promise<void> {
      await put(DRAFT, head, { body: JSON.stringify(draft) });
      await put(HEAD, head, head);
    },
    /** Notes that the work begins another time, at `startedAt`. False where somebody else has it begin just now. */
    startAgain: ({ id, at, attempt }: PreviewHead, startedAt: number): Promise<boolean> =>
      held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: key(id, HEAD),
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
    async remove(id: string): Promise<void> {
      for (const sort of [HEAD, DRAFT])
        await client.send(new DeleteItemCommand({ TableName: table, Key: key(id, sort) }));
    },
  };
};
export type PreviewStore = ReturnType<typeof previewStore>;
