import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { DUE_INDEX, DUE_SHARDS, dueShard, memberOf, PARTITION } from './keys.ts';

/**
 * Whom time has moved: pages of members whose due instant has come by `now` (epoch ms), the longest due first within
 * each shard. Reads the index of those alone; a member leaves it when the tick has been worked off.
 */
export const dueMembers = ({ client, table }: { client: DynamoDBClient; table: string }) =>
  async function* (now: number): AsyncGenerator<string[]> {
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
        if (Items && Items.length > 0) yield Items.map((item) => memberOf(item[PARTITION]?.S ?? ''));
      }
    }
  };
