import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import type { DynamoDb } from '../../infra/local/dynamodb/dynamodb.ts';
import { clientOf } from '../../infra/local/template/place.ts';
import { definitions } from './definitions.ts';

/** Starts a DynamoDB in a folder of its own and creates the stack's tables in it. */
export const openTables = async (start: (folder: string) => Promise<DynamoDb>) => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-tables-'));
  const { endpoint, close } = await start(folder);
  await createTables(endpoint, definitions().tables);
  const client = new DynamoDBClient(clientOf(endpoint));
  return {
    client,
    members: 'members',
    config: 'config',
    close: async () => {
      client.destroy();
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
