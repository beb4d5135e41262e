import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { MAIL_PREFIX, memberKey, PARTITION, SORT } from './keys.ts';

const Row = z.object({ [SORT]: z.string(), at: z.int(), state: z.string() });

/** The mails that a member's effects asked for, and what became of each. `at` is in epoch ms. */
export const mailHistory = ({ client, table }: { client: DynamoDBClient; table: string }) => ({
  async mails(member: string): Promise<{ id: string; what: string; at: number; state: string }[]> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: '#p = :p AND begins_with(#s, :s)',
        ExpressionAttributeNames: { '#p': PARTITION, '#s': SORT },
        ExpressionAttributeValues: marshall({ ':p': memberKey(member), ':s': MAIL_PREFIX }),
      },
    );
    const rows: z.infer<typeof Row>[] = [];
    for await (const { Items = [] } of pages) rows.push(...Items.map((item) => Row.parse(unmarshall(item))));
    return rows.map(({ [SORT]: sort, at, state }) => {
      const id = sort.slice(MAIL_PREFIX.length);
      return { id, what: id.split('#').at(-1) ?? id, at, state };
    });
  },
});
