import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { journeyKey, memberKey, PARTITION, SORT, STAGE_INDEX, stageShardOf } from '../../shared/aws/keys.ts';

/** Takes everything out of a small table. */
export const emptyPartitions = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    for (const { [PARTITION]: pk, [SORT]: sk } of Items) {
      if (pk && sk) await client.send(new DeleteItemCommand({ TableName, Key: { [PARTITION]: pk, [SORT]: sk } }));
    }
  }
};

/** Says, as `deliver` does, that a member is in a stage. */
export const placeInStage = (
  client: DynamoDBClient,
  TableName: string,
  member: string,
  journey: string,
  stage: string,
) =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: marshall({
        [PARTITION]: memberKey(member),
        [SORT]: journeyKey(journey),
        [STAGE_INDEX.partition]: stageShardOf(journey, stage, member),
      }),
    }),
  );
