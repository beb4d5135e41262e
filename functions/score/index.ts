import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { ScoreSettings } from './settings.ts';
import { wireScore } from './wiring.ts';

export const handler = wireScore(
  readSettings(ScoreSettings),
  { dynamodb: new DynamoDBClient(), sqs: new SQSClient(), now: Date.now, newToken: randomUUID, pause },
  observing('score'),
);
