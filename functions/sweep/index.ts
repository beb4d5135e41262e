import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { dueMembers } from '../../shared/aws/due-index.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { sweep } from './handler.ts';
import { SweepSettings } from './settings.ts';

const settings = readSettings(SweepSettings);
const queue = { client: new SQSClient(), url: settings.ACTIVITY_QUEUE_URL, pause };
const metrics = createMetrics('sweep');

export const handler = scheduledHandler(
  sweep({
    dueMembers: dueMembers({ client: new DynamoDBClient(), table: settings.MEMBERS_TABLE }),
    send: (ticks) => sendBatch(queue, ticks),
    count: metrics.count,
    now: Date.now,
  }),
  { log: createLog('sweep'), metrics },
);
