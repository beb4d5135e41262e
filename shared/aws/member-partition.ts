import { DeleteItemCommand, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { chunks } from '../kernel/chunks.ts';
import { memberKey, PARTITION, SNAPSHOT, SORT } from './keys.ts';

const AT_ONCE = 20;

/** All that is stored of a member lies in one partition: to be counted, and to be removed. */
export const memberPartition = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  /** The sort keys of it all. */
  const sorts = async (member: string): Promise<string[]> => {
    const found: string[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#p = :p',
        ProjectionExpression: '#s',
        ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
        ExpressionAttributeValues: { ':p': { S: memberKey(member) } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) found.push(...Items.flatMap((item) => item[SORT]?.S ?? []));
    return found;
  };
  const remove = (member: string, sort: string) =>
    client.send(
      new DeleteItemCommand({ TableName: table, Key: { [PARTITION]: { S: memberKey(member) }, [SORT]: { S: sort } } }),
    );

  return {
    sorts,
    /** Removes it all, the snapshot last: until then somebody is known to be there. */
    async removeAll(member: string): Promise<void> {
      const all = await sorts(member);
      for (const some of chunks(
        all.filter((sort) => sort !== SNAPSHOT),
        AT_ONCE,
      )) {
        await Promise.all(some.map((sort) => remove(member, sort)));
      }
      if (all.includes(SNAPSHOT)) await remove(member, SNAPSHOT);
    },
  };
};
