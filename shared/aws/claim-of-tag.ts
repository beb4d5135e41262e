import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ClaimKey, claimKeyIn } from './claim-key.ts';
import { TAG_INDEX } from './keys.ts';

/** Which claim a mail has, by the tag that it was sent with. The index may not know it yet. */
export const claimOfTag =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  async (tag: string): Promise<ClaimKey | undefined> => {
    const { Items: [item] = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: TAG_INDEX.name,
        KeyConditionExpression: '#tag = :tag',
        ExpressionAttributeNames: { '#tag': TAG_INDEX.partition },
        ExpressionAttributeValues: marshall({ ':tag': tag }),
        Limit: 1,
      }),
    );
    return item && claimKeyIn(unmarshall(item));
  };
