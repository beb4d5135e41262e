import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { VersionNotes } from '../model/notes.ts';
import { CONFIG, modelKey, PARTITION, SORT } from './keys.ts';

/** What a version of the model has beside the model itself. */
export const VersionEntry = z.object({ version: z.int().positive(), publishedAt: z.int(), ...VersionNotes.shape });
export type VersionEntry = VersionNotes & { readonly version: number; readonly publishedAt: number };

const SHOWN = Object.keys(VersionEntry.shape);
const VERSIONS = modelKey(0).replace(/\d+$/, '');
const PAGE = 20;

/** The versions of the model, read without their models. */
export const modelEntries = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const pageOf = async (limit: number, upTo?: number): Promise<VersionEntry[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
        ProjectionExpression: SHOWN.map((name) => `#${name}`).join(', '),
        ExpressionAttributeNames: {
          '#p': PARTITION,
          '#s': SORT,
          ...Object.fromEntries(SHOWN.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: marshall({ ':p': CONFIG.models, ':s': VERSIONS }),
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
        ...(upTo === undefined
          ? {}
          : { ExclusiveStartKey: marshall({ [PARTITION]: CONFIG.models, [SORT]: modelKey(upTo + 1) }) }),
      }),
    );
    return Items.map((item) => VersionEntry.parse(unmarshall(item)));
  };

  /** The newest first, page after page: a page ends after 1 MB, which three large models fill. */
  async function* newestFirst(page: number, upTo?: number): AsyncGenerator<VersionEntry> {
    for (let last = upTo; last === undefined || last > 0; ) {
      const found = await pageOf(page, last);
      yield* found;
      const oldest = found.at(-1);
      if (!oldest) return;
      last = oldest.version - 1;
    }
  }

  return {
    /** The newest versions first, at most so many. */
    entries: async (limit: number): Promise<VersionEntry[]> => {
      const all: VersionEntry[] = [];
      for await (const entry of newestFirst(limit)) {
        all.push(entry);
        if (all.length === limit) break;
      }
      return all;
    },
    /** The newest version up to a given one that was published by an instant (epoch ms); undefined: none was. */
    publishedBy: async (instant: number, current: number): Promise<number | undefined> => {
      for await (const { version, publishedAt } of newestFirst(PAGE, current)) {
        if (publishedAt <= instant) return version;
      }
      return undefined;
    },
  };
};
