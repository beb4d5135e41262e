import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { observing } from '../../shared/lambda/observing.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { FeedbackSettings } from './settings.ts';
import { wireFeedback } from './wiring.ts';

export const handler = wireFeedback(
  readSettings(FeedbackSettings),
  { dynamodb: new DynamoDBClient(), now: Date.now, newToken: randomUUID },
  observing('feedback'),
);
