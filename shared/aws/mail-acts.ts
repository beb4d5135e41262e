import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Acts, FollowedLetter } from '../mailing/following/followed-letter.ts';
import { actAttribute, actsIn, claimItem, fatesIn, toldAttribute, toldIn } from './claim-key.ts';
import type { FoundClaim } from './claim-of-tag.ts';
import { held, itemAfter } from './held.ts';
import { memberKey, memberOf } from './keys.ts';

const Row = z.object({ message: z.string() }).loose();

/** Of one mail no more is kept: nobody looks at it so often. */
const MOST = 100;

/** The mail to a member whose claim this is, as far as what was done with it goes; undefined where it is none. */
export const letterIn = ({ key, item }: FoundClaim): FollowedLetter | undefined => {
  const row = Row.safeParse(item);
  if (!row.success || !key.partition.startsWith(memberKey(''))) return undefined;
  return {
    member: memberOf(key.partition),
    message: row.data.message,
    deliveredAt: fatesIn(item).delivered,
    acts: actsIn(item),
    told: toldIn(item),
  };
};

/** What was done with a mail, kept on its claim, each act once. */
export const mailActs = (
  { client, table }: { readonly client: DynamoDBClient; readonly table: string },
  found: FoundClaim,
): Acts => {
  const letter = letterIn(found);
  return {
    letter,
    async noteAct(act) {
      if ((letter?.acts.length ?? 0) >= MOST) return false;
      await held(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: claimItem(found.key),
            UpdateExpression: 'SET #act = :at',
            // What was erased stays erased.
            ConditionExpression: 'attribute_exists(#state)',
            ExpressionAttributeNames: { '#state': 'state', '#act': actAttribute(act) },
            ExpressionAttributeValues: marshall({ ':at': act.at }),
          }),
        ),
      );
      return true;
    },
    async noteTold(told) {
      const names = told.map((one, i) => [`#told${i}`, toldAttribute(one)] as const);
      const values = told.map(({ link = '' }, i) => [`:link${i}`, link] as const);
      const item = await itemAfter(
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: claimItem(found.key),
            UpdateExpression: `SET ${told.map((_, i) => `#told${i} = :link${i}`).join(', ')}`,
            ConditionExpression: 'attribute_exists(#state)',
            ExpressionAttributeNames: { '#state': 'state', ...Object.fromEntries(names) },
            ExpressionAttributeValues: marshall(Object.fromEntries(values)),
            ReturnValues: 'ALL_NEW',
          }),
        ),
      );
      return item && letterIn({ key: found.key, item });
    },
  };
};
