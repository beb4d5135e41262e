import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { DIGESTS, DUE_INDEX, DUE_SHARDS, digestIn, dueShard, MAIL_PREFIX, memberOf, PARTITION, SORT } from './keys.ts';

/** Members whom time has moved, and mails and digests (by the run, epoch ms) that have waited long enough. */
export type Due = {
  readonly members: readonly string[];
  readonly mails: readonly { readonly member: string; readonly id: string }[];
  readonly digests: readonly { readonly owner: string; readonly run: number }[];
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
          partition: item[PARTITION]?.S ?? '',
          sort: item[SORT]?.S ?? '',
        }));
        if (due.length === 0) continue;
        const kindOf = ({ partition, sort }: { partition: string; sort: string }) =>
          partition === DIGESTS ? 'digest' : sort.startsWith(MAIL_PREFIX) ? 'mail' : 'member';
        const { member = [], mail = [], digest = [] } = Object.groupBy(due, kindOf);
        yield {
          members: member.map(({ partition }) => memberOf(partition)),
          mails: mail.map(({ partition, sort }) => ({
            member: memberOf(partition),
            id: sort.slice(MAIL_PREFIX.length),
          })),
          digests: digest.map(({ sort }) => digestIn(sort)).map(({ owner, run }) => ({ owner, run: Date.parse(run) })),
        };
      }
    }
  };
