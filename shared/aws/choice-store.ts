import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Choices } from '../mailing/choices.ts';
import { held } from './held.ts';
import { CHOICES, memberKey, PARTITION, SORT } from './keys.ts';

const Row = z.object({ body: z.string() });

/** What members have said themselves, an item beside the record of each, so that it counts at once. */
export const choiceStore = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const place = (member: string) => ({ [PARTITION]: memberKey(member), [SORT]: CHOICES });
  return {
    /** Strongly consistent; undefined where they have said nothing yet. */
    async choices(member: string): Promise<Choices | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: marshall(place(member)), ConsistentRead: true }),
      );
      return Item && Choices.parse(JSON.parse(Row.parse(unmarshall(Item)).body));
    },
    /**
     * Whether it was written: not if somebody else has written since this was read.
     * @param before the revision that was read, 0 for none
     */
    writeChoices: (member: string, choices: Choices, before = choices.revision - 1): Promise<boolean> =>
      held(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ ...place(member), revision: choices.revision, body: JSON.stringify(choices) }),
            ConditionExpression: before === 0 ? 'attribute_not_exists(#r)' : '#r = :before',
            ExpressionAttributeNames: { '#r': 'revision' },
            ...(before === 0 ? {} : { ExpressionAttributeValues: marshall({ ':before': before }) }),
          }),
        ),
      ),
  };
};
