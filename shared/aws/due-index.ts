import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { DUE_INDEX, DUE_SHARDS, dueShard, MAIL_PREFIX, memberOf, PARTITION, SORT } from './keys.ts';

/** Members whom time has moved, and mails that have waited long enough. */
export type Due = {
  readonly members: readonly string[];
  readonly mails: readonly { readonly member: string; readonly id: string }[];
};

/**
 * Whom time has moved: pages of members whose due instant has come by `now` (epoch ms), the longest due first within
 * each shard. Reads the index of those alone; a member leaves it when the tick has been worked off,
 * a mail when somebody has claimed it.
 */
export const dueIndex = ({ client, table }: { client: DynamoDBClient; table: string }) =>
  async function* (now: number): AsyncGenerator<Due> {
    for (let shard = 0; shard < DUE_SHARDS; shard++) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: DUE_INDEX.name,
          KeyConditionExpression: `${DUE_INDEX.partition} = :shard AND ${DUE_INDEX.sort} <= :now`,
          ExpressionAttributeValues: { ':shard': { S: dueShard(shard) }, ':now': { N: String(now) } },
        },
      );
      for await (const { Items } of pages) {
        const due = (Items ?? []).map((item) => ({
          member: memberOf(item[PARTITION]?.S ?? ''),
          sort: item[SORT]?.S ?? '',
        }));
        if (due.length === 0) continue;
        const isMail = ({ sort }: { sort: string }) => sort.startsWith(MAIL_PREFIX);
        yield {
          members: due.filter((one) => !isMail(one)).map(({ member }) => member),
          mails: due.filter(isMail).map(({ member, sort }) => ({ member, id: sort.slice(MAIL_PREFIX.length) })),
        };
      }
    }
  };
