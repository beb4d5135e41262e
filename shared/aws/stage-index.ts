import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { memberKey, memberOf, PARTITION, STAGE_INDEX, STAGE_SHARDS, stageShard } from './keys.ts';

const Entry = z.object({ [PARTITION]: z.string() });

/** As DynamoDB orders texts: by their UTF-8 bytes. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Who is in which stage, as far as it has been announced. The index lags a little behind the members. */
export const stageIndex = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const inShard = async (shard: string, after: string | undefined, limit: number): Promise<string[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: STAGE_INDEX.name,
        KeyConditionExpression: after === undefined ? '#p = :p' : '#p = :p AND #s > :s',
        ExpressionAttributeNames: {
          '#p': STAGE_INDEX.partition,
          ...(after === undefined ? {} : { '#s': STAGE_INDEX.sort }),
        },
        ExpressionAttributeValues: marshall({
          ':p': shard,
          ...(after === undefined ? {} : { ':s': memberKey(after) }),
        }),
        Limit: limit,
      }),
    );
    return Items.map((item) => memberOf(Entry.parse(unmarshall(item))[PARTITION]));
  };
  return {
    /** The next members in a stage, by id; `after` is the last one of the page before. */
    async inStage(
      journey: string,
      stage: string,
      { after, limit }: { after?: string | undefined; limit: number },
    ): Promise<string[]> {
      const shards = Array.from({ length: STAGE_SHARDS }, (_, shard) => stageShard(journey, stage, shard));
      const members = await Promise.all(shards.map((shard) => inShard(shard, after, limit)));
      return members.flat().sort(byBytes).slice(0, limit);
    },
  };
};
export type StageIndex = ReturnType<typeof stageIndex>;
