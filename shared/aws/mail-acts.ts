import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type Act, actKey } from '../mailing/following/acts.ts';
import type { Acts, FollowedRow } from '../mailing/following/followed-row.ts';
import { actAttribute, actsIn, type ClaimKey, claimItem, fatesIn, firstActAttribute } from './claim-key.ts';
import { claimOfTag } from './claim-of-tag.ts';
import { held } from './held.ts';
import { memberKey, memberOf } from './keys.ts';

const Row = z.object({ message: z.string() }).loose();

/** Of one mail no more is kept: nobody looks at it so often. */
const MOST = 100;

/** What was done with mails, kept on their claims, each act once. */
export const mailActs = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): Acts => {
  const find = claimOfTag({ client, table });

  const read = async (key: ClaimKey): Promise<FollowedRow | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: claimItem(key), ConsistentRead: true }),
    );
    const row = Row.safeParse(Item && unmarshall(Item));
    if (!row.success) return undefined;
    return {
      member: memberOf(key.partition),
      message: row.data.message,
      deliveredAt: fatesIn(row.data).delivered,
      acts: actsIn(row.data),
    };
  };

  const set = (key: ClaimKey, name: string, value: number, condition: string) =>
    held(
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: claimItem(key),
          UpdateExpression: 'SET #name = :value',
          // What was erased stays erased.
          ConditionExpression: `attribute_exists(#state) AND ${condition}`,
          ExpressionAttributeNames: { '#state': 'state', '#name': name },
          ExpressionAttributeValues: marshall({ ':value': value }),
        }),
      ),
    );

  const letterOf = async (tag: string): Promise<ClaimKey | undefined> => {
    const key = await find(tag);
    return key?.partition.startsWith(memberKey('')) ? key : undefined;
  };

  return {
    async mailOf(tag) {
      const key = await letterOf(tag);
      return key && read(key);
    },
    async noteAct(tag, act) {
      const key = await letterOf(tag);
      const row = key && (await read(key));
      if (!row) return undefined;
      const isNew = row.acts.length < MOST && !row.acts.some((one) => actKey(one) === actKey(act));
      if (isNew) await set(key, actAttribute(act), act.at, 'attribute_not_exists(#name)');
      return { ...row, isNew };
    },
    async noteFirst(tag, kind: Act['kind'], at) {
      const key = await letterOf(tag);
      // The earliest stays, in whatever order they come.
      if (key) await set(key, firstActAttribute[kind], at, '(attribute_not_exists(#name) OR #name > :value)');
    },
  };
};
