import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../kernel/chunks.ts';

export type Row = Record<string, AttributeValue>;

export type Table = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Waits before the how-manieth further attempt. */
  readonly pause: (attempt: number) => Promise<void>;
};

const PER_REQUEST = 100;
const ATTEMPTS = 6;

/**
 * The items with these keys, strongly consistent, in any order; those that are not there are left out. What the table
 * leaves unprocessed is asked for again.
 * @param keys no key twice
 * @throws when the table still leaves some unread in the end
 */
export const batchGet = async ({ client, table, pause }: Table, keys: readonly Row[]): Promise<Row[]> => {
  const parts = await Promise.all(
    chunks(keys, PER_REQUEST).map(async (part) => {
      const rows: Row[] = [];
      let open: Row[] | undefined = part;
      for (let attempt = 0; open && open.length > 0; attempt++) {
        if (attempt === ATTEMPTS) throw new Error(`The table left ${open.length} items unread`);
        if (attempt > 0) await pause(attempt);
        const answer: BatchGetItemCommandOutput = await client.send(
          new BatchGetItemCommand({ RequestItems: { [table]: { Keys: open, ConsistentRead: true } } }),
        );
        rows.push(...(answer.Responses?.[table] ?? []));
        open = answer.UnprocessedKeys?.[table]?.Keys;
      }
      return rows;
    }),
  );
  return parts.flat();
};
