import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { MODEL_INDEX, MODEL_SHARDS, memberOf, modelShard, PARTITION } from './keys.ts';

const PER_PAGE = 1000;

/** Which members' snapshots were made by a model older than a version. The index lags a little behind the members. */
export const modelIndex = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const pages = (shard: number, version: number, more: { Select?: 'COUNT' }) =>
    paginateQuery(
      { client, ...(more.Select ? {} : { pageSize: PER_PAGE }) },
      {
        TableName: table,
        IndexName: MODEL_INDEX.name,
        KeyConditionExpression: '#shard = :shard AND #model < :version',
        ExpressionAttributeNames: { '#shard': MODEL_INDEX.partition, '#model': MODEL_INDEX.sort },
        ExpressionAttributeValues: { ':shard': { S: modelShard(shard) }, ':version': { N: String(version) } },
        ...more,
      },
    );
  const countIn = async (shard: number, version: number): Promise<number> => {
    let count = 0;
    for await (const { Count = 0 } of pages(shard, version, { Select: 'COUNT' })) count += Count;
    return count;
  };

  return {
    /** Pages of the members behind a version; `first` says at which shard to begin, whatever whole number it is. */
    async *behind(version: number, first = 0): AsyncGenerator<string[]> {
      for (let i = 0; i < MODEL_SHARDS; i++) {
        for await (const { Items } of pages((first + i) % MODEL_SHARDS, version, {})) {
          if (Items && Items.length > 0) yield Items.map((item) => memberOf(item[PARTITION]?.S ?? ''));
        }
      }
    },
    async countBehind(version: number): Promise<number> {
      const counts = await Promise.all(Array.from({ length: MODEL_SHARDS }, (_, shard) => countIn(shard, version)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
};
