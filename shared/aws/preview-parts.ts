import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, GetItemCommand, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Tally } from '../preview/tally.ts';
import { held } from './held.ts';
import { EXPIRY, PARTITION, previewKey, SORT } from './keys.ts';

const Row = z.object({
  revision: z.int().positive(),
  heardAt: z.int(),
  done: z.boolean(),
  cursor: z.string().optional(),
  tally: z.instanceof(Uint8Array),
});
/** How far the work on a part of the table has come. `cursor` says where it goes on; `heardAt` in epoch ms. */
export type PreviewPart = Readonly<Omit<z.infer<typeof Row>, 'tally'>> & { readonly tally: Tally };

/** Which run of which preview a part is of: one that was begun anew does not meet the parts of the one before. */
export type PreviewRun = { readonly id: string; readonly at: number };

const prefixOf = ({ at }: PreviewRun): string => `part#${String(at).padStart(15, '0')}#`;

// A tally of the greatest model would not fit into an item as it is.
const packed = (tally: Tally): Uint8Array => gzipSync(JSON.stringify(tally));
const unpacked = (bytes: Uint8Array): Tally => Tally.parse(JSON.parse(gunzipSync(bytes).toString()));

const partOf = (row: Parameters<typeof unmarshall>[0]): PreviewPart => {
  const { tally, ...part } = Row.parse(unmarshall(row));
  return { ...part, tally: unpacked(tally) };
};

/** How far a preview has come, part by part. */
export const previewParts = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const keyOf = (run: PreviewRun, part: number) =>
    marshall({ [PARTITION]: previewKey(run.id), [SORT]: prefixOf(run) + String(part).padStart(4, '0') });

  return {
    /** The parts that have been begun, in any order. */
    async parts(run: PreviewRun): Promise<PreviewPart[]> {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
          ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
          ExpressionAttributeValues: marshall({ ':p': previewKey(run.id), ':s': prefixOf(run) }),
          ConsistentRead: true,
        },
      );
      const parts: PreviewPart[] = [];
      for await (const { Items } of pages) parts.push(...(Items ?? []).map(partOf));
      return parts;
    },
    /** Undefined where it has not been begun. */
    async part(run: PreviewRun, part: number): Promise<PreviewPart | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(run, part), ConsistentRead: true }),
      );
      return Item && partOf(Item);
    },
    /** Keeps how far a part has come, unless somebody else came further: then false, and nobody is counted twice. */
    keepPart(
      run: PreviewRun & { readonly expiresAt: number },
      part: number,
      { tally, ...state }: PreviewPart,
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
