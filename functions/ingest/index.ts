import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { activityQueue } from '../../shared/aws/activity-queue.ts';
import { sourceStore } from '../../shared/aws/source-store.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { takeEvents } from './handler.ts';
import { IngestSettings } from './settings.ts';

const { CONFIG_TABLE: table, ACTIVITY_QUEUE_URL: url } = readSettings(IngestSettings);
const now = Date.now;
const metrics = createMetrics('ingest');
const { source } = sourceStore({ client: new DynamoDBClient(), table, now });
const { send } = activityQueue({ client: new SQSClient(), url, pause });
const routes = { 'POST /v1/webhooks/{source}': takeEvents({ source, send, count: metrics.count, now }) };

export const handler = httpHandler(routes, { log: createLog('ingest'), metrics });
