import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { FeedbackSettings } from './settings.ts';
import { wireFeedback } from './wiring.ts';

export const handler = wireFeedback(
  readSettings(FeedbackSettings),
  { dynamodb: new DynamoDBClient(), sqs: new SQSClient(), now: Date.now, newToken: randomUUID, pause },
  observing('feedback'),
);
