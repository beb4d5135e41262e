import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { comparePositions } from '../scoring/position.ts';
import { counting } from '../scoring/retracted.ts';
import type { Snapshot } from '../scoring/snapshot.ts';
import { batchGet, type Row, type Table } from './batch-get.ts';
import { EVENT_PREFIX, memberKey, memberOf, PARTITION, SORT } from './keys.ts';
import { eventOf, snapshotKey, snapshotOf } from './member-rows.ts';
import type { MemberStore } from './member-store.ts';
import { memberWrites } from './member-writes.ts';

/** Reads of the member records; throws when the table does not answer. */
const memberReads = (tools: Table): Pick<MemberStore, 'read' | 'readMany' | 'ledger' | 'wholeLedger'> => {
  const readMany: MemberStore['readMany'] = async (members) => {
    const rows = await batchGet(tools, [...new Set(members)].map(snapshotKey));
    return new Map(rows.map((row) => [memberOf(row[PARTITION]?.S ?? ''), snapshotOf(row)]));
  };

  const wholeLedger: MemberStore['wholeLedger'] = async (member) => {
    const rows: Row[] = [];
    const pages = paginateQuery(
      { client: tools.client },
      {
        TableName: tools.table,
        KeyConditionExpression: `${PARTITION} = :member AND begins_with(${SORT}, :event)`,
        ExpressionAttributeValues: { ':member': { S: memberKey(member) }, ':event': { S: EVENT_PREFIX } },
        ConsistentRead: true,
      },
    );
    for await (const { Items } of pages) rows.push(...(Items ?? []));
    return rows.map(eventOf).sort(comparePositions);
  };

  return {
    readMany,
    read: async (member): Promise<Snapshot | undefined> => (await readMany([member])).get(member),
    wholeLedger,
    ledger: async (member) => counting(await wholeLedger(member)),
  };
};

/** The member records in DynamoDB. */
export const memberStore = (tools: Table): MemberStore => ({
  ...memberReads(tools),
  ...memberWrites(tools.client, tools.table, tools.pause),
});
