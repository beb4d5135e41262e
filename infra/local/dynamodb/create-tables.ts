import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { clientOf } from '../template/place.ts';
import type { TableBlueprint } from '../template/tables.ts';
import { Trouble } from '../trouble.ts';

type Keys = readonly { readonly AttributeName?: string | undefined; readonly KeyType?: string | undefined }[];

const keysOf = (schema: Keys = []): string =>
  schema
    .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`)
    .sort()
    .join();

const described = async (client: DynamoDBClient, TableName: string) => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const create = async (client: DynamoDBClient, table: TableBlueprint): Promise<void> => {
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...(table.GlobalSecondaryIndexes.length > 0 ? { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes } : {}),
    }),
  );
  const { TimeToLiveSpecification } = table;
  if (!TimeToLiveSpecification) return;
  // An emulator without it keeps what has expired, which readers must bear anyway.
  await client
    .send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification }))
    .catch(() => undefined);
};

/** Creates the tables that the template names, and adds the indexes that those which are there still lack. Throws Trouble. */
export const createTables = async (endpoint: string, tables: readonly TableBlueprint[]): Promise<void> => {
  const client = new DynamoDBClient({ ...clientOf(endpoint), maxAttempts: 5 });
  for (const table of tables) {
    const there = await described(client, table.name);
    if (!there) {
      await create(client, table);
      // Created is not yet ready, not everywhere.
      await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { TableName: table.name });
      continue;
    }
    if (keysOf(there.KeySchema) !== keysOf(table.KeySchema)) {
      throw new Trouble(
        `The table ${table.name} has other keys than this version of Polku: begin anew with \`npm start -- --fresh\`.`,
      );
    }
    const indexes = new Set(there.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
    for (const index of table.GlobalSecondaryIndexes.filter(({ IndexName }) => !indexes.has(IndexName))) {
      await client.send(
        new UpdateTableCommand({
          TableName: table.name,
          AttributeDefinitions: table.AttributeDefinitions,
          GlobalSecondaryIndexUpdates: [{ Create: index }],
        }),
      );
    }
  }
  client.destroy();
};
