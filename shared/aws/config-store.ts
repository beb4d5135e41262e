import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { cached } from '../kernel/cached.ts';
import { Staff } from '../scoring/staff.ts';
import { CONFIG, CURRENT, PARTITION, SORT } from './keys.ts';
import { modelVersions } from './model-versions.ts';
import { rescoreStore } from './rescore-store.ts';
import { sourceStore } from './source-store.ts';

const StaffRow = z.object({ body: z.string() });

/** What the organisation has set: its scoring models, its staff, its sources. Reads are at most a minute old. */
export const configStore = (tools: { client: DynamoDBClient; table: string; now: () => number }) => {
  const { client, table, now } = tools;
  const key = { [PARTITION]: CONFIG.staff, [SORT]: CURRENT };
  const staff = cached(async (): Promise<Staff | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(key), ConsistentRead: true }),
    );
    return Item && Staff.parse(JSON.parse(StaffRow.parse(unmarshall(Item)).body));
  }, now);

  return {
    ...modelVersions(tools),
    ...rescoreStore(tools),
    ...sourceStore(tools),
    /** Who looks after whom, at most `maxAge` ms old; undefined before it is set. */
    staff: (maxAge = 60_000): Promise<Staff | undefined> => staff.get(CURRENT, maxAge),
    async putStaff(value: Staff): Promise<void> {
      const Item = marshall({ ...key, body: JSON.stringify(value), updatedAt: now() });
      await client.send(new PutItemCommand({ TableName: table, Item }));
      staff.forget(CURRENT);
    },
  };
};
export type ConfigStore = ReturnType<typeof configStore>;
