import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { secretFrom } from '../../shared/webhooks/secret.ts';
import { AdminSettings } from './settings.ts';
import { wireAdmin } from './wiring.ts';

export const handler = wireAdmin(
  readSettings(AdminSettings),
  {
    dynamodb: new DynamoDBClient(),
    sqs: new SQSClient(),
    now: Date.now,
    randomBytes,
    pause,
    newSecret: () => secretFrom(randomBytes),
  },
  observing('admin'),
);
