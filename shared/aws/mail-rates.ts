import { type DynamoDBClient, PutItemCommand, paginateQuery, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { DAY } from '../kernel/duration.ts';
import { shardOf } from '../kernel/shard.ts';
import type { MailRates } from '../mailing/feedback/reputation.ts';
import { held } from './held.ts';
import { PARTITION, RATES_PREFIX, SORT } from './keys.ts';

export type RatesTools = {
  readonly client: DynamoDBClient;
  /** The table `members`. */
  readonly table: string;
};

/** For how long back the rates are reckoned, days. */
const WINDOW = 14;
/** So many counters for a day, so that many who send do not all write to one. */
const SHARDS = 4;
const SENT = 'sent#';

const Row = z.object({ [SORT]: z.string(), at: z.int().optional(), count: z.int().optional() });
type Row = z.infer<typeof Row>;

const partitionOf = (instant: number): string => RATES_PREFIX + new Date(instant).toISOString().slice(0, 10);

/**
 * How many mails were sent, and which bounced or were complained of, by UTC day. A bounce is an item named by its mail, so
 * that it counts once however often it is reported; what was sent is counted by whoever sent it.
 */
export const mailRates = ({ client, table }: RatesTools) => {
  const ofDay = async (instant: number): Promise<readonly Row[]> => {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': PARTITION },
        ExpressionAttributeValues: marshall({ ':p': partitionOf(instant) }),
        ConsistentRead: true,
      },
    );
    const rows: Row[] = [];
    for await (const { Items = [] } of pages) rows.push(...Items.map((item) => Row.parse(unmarshall(item))));
    return rows;
  };

  return {
    /** Counts mails that SES took. `token` spreads those who count. */
    async countSent(mails: number, now: number, token: string): Promise<void> {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall({ [PARTITION]: partitionOf(now), [SORT]: `${SENT}${shardOf(token, SHARDS)}` }),
          UpdateExpression: 'ADD #count :mails',
          ExpressionAttributeNames: { '#count': 'count' },
          ExpressionAttributeValues: marshall({ ':mails': mails }),
        }),
      );
    },
    /** Counts against the sender what happened to a mail, by the day on which SES took it (epoch ms). */
    async countAgainst(what: 'bounce' | 'complaint', mail: string, takenAt: number, at: number): Promise<void> {
      const key = { [PARTITION]: partitionOf(takenAt), [SORT]: `${what}#${mail}` };
      await held(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...key, at }),
            // The earliest report of it stays, in whatever order they come.
            ConditionExpression: 'attribute_not_exists(#at) OR #at > :at',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: marshall({ ':at': at }),
          }),
        ),
      );
    },
    /** The mails of the last two weeks; of those before `since` (epoch ms) nothing counts. */
    async rates(now: number, since = 0): Promise<MailRates> {
      const days = Array.from({ length: WINDOW }, (_, i) => now - i * DAY);
      const counted = days.filter((day) => partitionOf(day) >= partitionOf(since));
      const rows = (await Promise.all(counted.map(ofDay))).flat();
      const against = (what: string) =>
        rows.filter(({ [SORT]: sort, at = 0 }) => sort.startsWith(what) && at > since).length;
      return {
        sent: rows.reduce((sum, { [SORT]: sort, count = 0 }) => sum + (sort.startsWith(SENT) ? count : 0), 0),
        bounced: against('bounce#'),
        complained: against('complaint#'),
      };
    },
  };
};
