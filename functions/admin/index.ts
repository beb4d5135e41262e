import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { activityQueue } from '../../shared/aws/activity-queue.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { secretFrom } from '../../shared/webhooks/secret.ts';
import { adminRoutes } from './handler.ts';
import { AdminSettings } from './settings.ts';

const settings = readSettings(AdminSettings);
const client = new DynamoDBClient();
const now = Date.now;

export const handler = httpHandler(
  adminRoutes({
    ...configStore({ client, table: settings.CONFIG_TABLE, now }),
    ...activityQueue({ client: new SQSClient(), url: settings.ACTIVITY_QUEUE_URL, pause }),
    quarantine: quarantineStore({ client, table: settings.MEMBERS_TABLE }),
    newSecret: () => secretFrom(randomBytes),
    now,
  }),
  { log: createLog('admin') },
);
