import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { DigestSettings } from './settings.ts';
import { wireDigest } from './wiring.ts';

export const handler = wireDigest(
  readSettings(DigestSettings),
  { dynamodb: new DynamoDBClient(), sqs: new SQSClient(), now: Date.now, pause },
  observing('digest'),
);
