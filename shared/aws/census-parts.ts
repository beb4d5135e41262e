import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Part, Run as WholeRun } from '../census/work-on.ts';
import { held } from './held.ts';
import { EXPIRY, PARTITION, previewKey, SORT } from './keys.ts';

const Row = z.object({
  revision: z.int().positive(),
  heardAt: z.int(),
  done: z.boolean(),
  cursor: z.string().optional(),
  tally: z.instanceof(Uint8Array),
});
/** One that was begun anew does not meet the parts of the one before. */
type Run = Pick<WholeRun, 'id' | 'at'>;

const prefixOf = ({ at }: Run): string => `part#${String(at).padStart(15, '0')}#`;

// A tally of the greatest model would not fit into an item as it is.
const packed = (tally: unknown): Uint8Array => gzipSync(JSON.stringify(tally));
const unpacked = (bytes: Uint8Array): unknown => JSON.parse(gunzipSync(bytes).toString());

/** Whether an item may go by now (epoch ms): DynamoDB takes its time, and until then nobody is to see it. */
export const isExpired = (item: Record<string, AttributeValue>, now: number): boolean =>
  Number(item[EXPIRY]?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now;

/** How far a look at everybody has come, part by part. `schema` is that of what is counted. */
export const censusParts = <Tally>(
  { client, table, now }: { readonly client: DynamoDBClient; readonly table: string; readonly now: () => number },
  schema: z.ZodType<Tally>,
) => {
  const partOf = (row: Parameters<typeof unmarshall>[0]): Part<Tally> => {
    const { tally, ...part } = Row.parse(unmarshall(row));
    return { ...part, tally: schema.parse(unpacked(tally)) };
  };
  const keyOf = (run: Run, part: number) =>
    marshall({ [PARTITION]: previewKey(run.id), [SORT]: prefixOf(run) + String(part).padStart(4, '0') });

  /** The parts that have been begun, and which they are. */
  const numbered = async (run: Run): Promise<{ readonly part: number; readonly state: Part<Tally> }[]> => {
    const prefix = prefixOf(run);
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
        ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
        ExpressionAttributeValues: marshall({ ':p': previewKey(run.id), ':s': prefix }),
        ConsistentRead: true,
      },
    );
    const found = [];
    for await (const { Items = [] } of pages) {
      for (const item of Items.filter((one) => !isExpired(one, now())))
        found.push({ part: Number(item[SORT]?.S?.slice(prefix.length)), state: partOf(item) });
    }
    return found;
  };

  return {
    numbered,
    /** The parts that have been begun, in any order. */
    parts: async (run: Run): Promise<Part<Tally>[]> => (await numbered(run)).map(({ state }) => state),
    /** Undefined where it has not been begun. */
    async part(run: Run, part: number): Promise<Part<Tally> | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(run, part), ConsistentRead: true }),
      );
      return Item && !isExpired(Item, now()) ? partOf(Item) : undefined;
    },
    /** Keeps how far a part has come, unless somebody else came further: then false, and nobody is counted twice. */
    keepPart(
      run: Run & { readonly expiresAt: number },
      part: number,
      { tally, ...state }: Part<Tally>,
    ): Promise<boolean> {
      const content = { ...state, tally: packed(tally), [EXPIRY]: Math.ceil(run.expiresAt / 1000) };
      const isFirst = state.revision === 1;
      return held(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...keyOf(run, part), ...marshall(content, { removeUndefinedValues: true }) },
            ConditionExpression: isFirst ? 'attribute_not_exists(#p)' : '#r = :before',
            ExpressionAttributeNames: isFirst ? { '#p': PARTITION } : { '#r': 'revision' },
            ...(isFirst ? {} : { ExpressionAttributeValues: marshall({ ':before': state.revision - 1 }) }),
          }),
        ),
      );
    },
  };
};
