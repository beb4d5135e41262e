import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { chunks } from '../kernel/chunks.ts';
import { comparePositions } from '../scoring/position.ts';
import type { Snapshot } from '../scoring/snapshot.ts';
import { EVENT_PREFIX, memberKey, memberOf, PARTITION, SORT } from './keys.ts';
import { eventOf, type Row, snapshotKey, snapshotOf } from './member-rows.ts';
import type { MemberStore } from './member-store.ts';
import { memberWrites } from './member-writes.ts';

export type DynamodbMembers = {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Waits before the how-manieth further attempt. */
  readonly pause: (attempt: number) => Promise<void>;
};

const PER_READ = 100;
const ATTEMPTS = 6;

/** Reads of the member records; throws when the table does not answer. */
const memberReads = ({ client, table, pause }: DynamodbMembers): Pick<MemberStore, 'read' | 'readMany' | 'ledger'> => {
  const readSome = async (members: readonly string[]): Promise<Row[]> => {
    const rows: Row[] = [];
    let keys: Row[] | undefined = members.map(snapshotKey);
    for (let attempt = 0; keys && keys.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new Error(`The table left ${keys.length} snapshots unread`);
      if (attempt > 0) await pause(attempt);
      const answer: BatchGetItemCommandOutput = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } }),
      );
      rows.push(...(answer.Responses?.[table] ?? []));
      keys = answer.UnprocessedKeys?.[table]?.Keys;
    }
    return rows;
  };

  const readMany: MemberStore['readMany'] = async (members) => {
    const parts = await Promise.all(chunks([...new Set(members)], PER_READ).map(readSome));
    return new Map(parts.flat().map((row) => [memberOf(row[PARTITION]?.S ?? ''), snapshotOf(row)]));
  };

  return {
    readMany,
    read: async (member): Promise<Snapshot | undefined> => (await readMany([member])).get(member),
    ledger: async (member) => {
      const rows: Row[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: `${PARTITION} = :member AND begins_with(${SORT}, :event)`,
          ExpressionAttributeValues: { ':member': { S: memberKey(member) }, ':event': { S: EVENT_PREFIX } },
          ConsistentRead: true,
        },
      );
      for await (const { Items } of pages) rows.push(...(Items ?? []));
      return rows.map(eventOf).sort(comparePositions);
    },
  };
};

/** The member records in DynamoDB. */
export const memberStore = (members: DynamodbMembers): MemberStore => ({
  ...memberReads(members),
  ...memberWrites(members.client, members.table, members.pause),
});
