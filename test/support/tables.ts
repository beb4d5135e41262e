import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import type { DynamoDb } from '../../infra/local/dynamodb/dynamodb.ts';
import { CloudTemplate } from '../../infra/local/template/cloud-template.ts';
import { clientOf } from '../../infra/local/template/place.ts';
import { viewStack } from '../../infra/local/template/stack-view.ts';
import { readTables } from '../../infra/local/template/tables.ts';
import { settingsFrom } from '../../infra/settings.ts';
import { Polku } from '../../infra/stack.ts';

/** The tables as the stack says they are, without bundling any function. */
const tables = () => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true } });
  const template = Template.fromStack(new Polku(app, 'Polku', settingsFrom(context.polku)));
  return readTables(viewStack(CloudTemplate.parse(template.toJSON()), (name) => name));
};

/** Starts a DynamoDB in a folder of its own and creates the stack's tables in it. */
export const openTables = async (start: (folder: string) => Promise<DynamoDb>) => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-tables-'));
  const { endpoint, close } = await start(folder);
  await createTables(endpoint, tables());
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
