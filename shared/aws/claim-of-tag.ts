import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type ClaimKey, claimItem, claimKeyIn } from './claim-key.ts';
import { TAG_INDEX } from './keys.ts';

/** The claim of a mail: its key, and all that stands there. */
export type FoundClaim = { readonly key: ClaimKey; readonly item: Record<string, unknown> };

/** The claim of a mail, by the tag that it was sent with, as it is now. The index may not know it yet. */
export const claimOfTag =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  async (tag: string): Promise<FoundClaim | undefined> => {
    const { Items: [listed] = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: TAG_INDEX.name,
        KeyConditionExpression: '#tag = :tag',
        ExpressionAttributeNames: { '#tag': TAG_INDEX.partition },
        ExpressionAttributeValues: marshall({ ':tag': tag }),
        Limit: 1,
      }),
    );
    if (!listed) return undefined;
    const key = claimKeyIn(unmarshall(listed));
    // Whoever judges what was done with it must see all that was noted before.
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: claimItem(key), ConsistentRead: true }),
    );
    return Item && { key, item: unmarshall(Item) };
  };
