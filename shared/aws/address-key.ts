import { createHmac } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { held } from './held.ts';
import { CONFIG, PARTITION, SORT } from './keys.ts';

export type AddressKeyTools = {
  readonly client: DynamoDBClient;
  /** The table `config`. */
  readonly table: string;
  /** A text that nobody else has. */
  readonly newToken: () => string;
};

const Row = z.object({ key: z.string().min(1) });

/**
 * Names an address without telling it: HMAC-SHA-256 under a key of the deployment, in hexadecimal. The key is made when it
 * is first needed and never changes, so that what was noted of an address is found for ever.
 */
export const addressNaming = ({ client, table, newToken }: AddressKeyTools) => {
  const place = { [PARTITION]: CONFIG.keys, [SORT]: 'addresses' };
  let known: Promise<string> | undefined;

  const stored = async (): Promise<string | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall(place), ConsistentRead: true }),
    );
    return Item && Row.parse(unmarshall(Item)).key;
  };
  const made = async (): Promise<string> => {
    const key = await stored();
    if (key !== undefined) return key;
    // Whoever comes second reads what the first one wrote.
    await held(
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall({ ...place, key: newToken() + newToken() }),
          ConditionExpression: 'attribute_not_exists(#p)',
          ExpressionAttributeNames: { '#p': PARTITION },
        }),
      ),
    );
    return made();
  };

  return async (address: string): Promise<string> => {
    known ??= made();
    try {
      return createHmac('sha256', await known)
        .update(address)
        .digest('hex');
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
};
export type AddressName = ReturnType<typeof addressNaming>;
