import { ConditionalCheckFailedException, type DynamoDBClient, type UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';

/** The attributes that an update has changed; undefined where its condition did not hold. */
export const updated = async (
  client: DynamoDBClient,
  command: UpdateItemCommand,
): Promise<Record<string, unknown> | undefined> => {
  try {
    const { Attributes } = await client.send(command);
    return Attributes && unmarshall(Attributes);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};
