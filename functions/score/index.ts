import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { publishedModel } from '../../shared/aws/published-model.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { score } from './handler.ts';
import { ScoreSettings } from './settings.ts';

const settings = readSettings(ScoreSettings);
const client = new DynamoDBClient();
const effects = { client: new SQSClient(), url: settings.EFFECTS_QUEUE_URL, pause };
const log = createLog('score');
const metrics = createMetrics('score');
const now = Date.now;

export const handler = queueHandler(
  score({
    store: memberStore({ client, table: settings.MEMBERS_TABLE, pause }),
    sendEffects: (list) => sendBatch(effects, list),
    currentModel: publishedModel(configStore({ client, table: settings.CONFIG_TABLE, now })),
    quarantine: quarantineStore({ client, table: settings.MEMBERS_TABLE }).put,
    count: metrics.count,
    onError: (error) => log.error('a member could not be scored', error),
    now,
  }),
  { log, metrics },
);
