import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { MAIL_PREFIX, memberKey, PARTITION, SORT } from './keys.ts';

/** The records of the mails that a member's effects asked for, as they are stored. */
export const mailRows = async (
  { client, table }: { readonly client: DynamoDBClient; readonly table: string },
  member: string,
): Promise<Record<string, AttributeValue>[]> => {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
      ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
      ExpressionAttributeValues: marshall({ ':p': memberKey(member), ':s': MAIL_PREFIX }),
    },
  );
  const rows: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items);
  return rows;
};
