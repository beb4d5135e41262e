import {
  type AttributeValue,
  DeleteItemCommand,
  type DynamoDBClient,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** A DynamoDB with the tables of the stack in it. */
export type OpenTables = { readonly client: DynamoDBClient; readonly members: string };

/** `done`, or the name by which the service refused. */
export const outcome = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof DynamoDBServiceException) return error.name;
    throw error;
  }
};

type Plain = Readonly<Record<string, unknown>>;
type Rest<Input> = Partial<Omit<Input, 'TableName' | 'Key' | 'Item' | 'ExpressionAttributeValues'>>;

/** The table of members, asked in plain values; `:values` are marshalled. */
export const asking = ({ client, members: TableName }: OpenTables) => {
  const values = (given?: Plain): { ExpressionAttributeValues?: Record<string, AttributeValue> } =>
    given ? { ExpressionAttributeValues: marshall(given) } : {};
  const keyed = (sk: string, pk: string) => marshall({ pk, sk });
  return {
    put: (item: Plain, rest: Rest<PutItemCommandInput> = {}, given?: Plain) =>
      client.send(new PutItemCommand({ TableName, Item: marshall(item), ...rest, ...values(given) })),
    update: (pk: string, sk: string, rest: Rest<UpdateItemCommandInput>, given?: Plain) =>
      client.send(new UpdateItemCommand({ TableName, Key: keyed(sk, pk), ...rest, ...values(given) })),
    remove: (pk: string, sk: string) => client.send(new DeleteItemCommand({ TableName, Key: keyed(sk, pk) })),
    removeIf: (pk: string, sk: string, ConditionExpression: string, given: Plain) =>
      client.send(new DeleteItemCommand({ TableName, Key: keyed(sk, pk), ConditionExpression, ...values(given) })),
    get: async (pk: string, sk: string) => {
      const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyed(sk, pk), ConsistentRead: true }));
      return Item && unmarshall(Item);
    },
    query: async (rest: Rest<QueryCommandInput>, given: Plain) => {
      const answer = await client.send(new QueryCommand({ TableName, ...rest, ...values(given) }));
      return { items: (answer.Items ?? []).map((item) => unmarshall(item)), next: answer.LastEvaluatedKey };
    },
  };
};
