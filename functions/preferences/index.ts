import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { PreferencesSettings } from './settings.ts';
import { wirePreferences } from './wiring.ts';

export const handler = wirePreferences(
  readSettings(PreferencesSettings),
  { dynamodb: new DynamoDBClient(), sqs: new SQSClient(), now: Date.now, newToken: randomUUID, randomBytes, pause },
  observing('preferences'),
);
