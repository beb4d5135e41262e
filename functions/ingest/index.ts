import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { IngestSettings } from './settings.ts';
import { wireIngest } from './wiring.ts';

export const handler = wireIngest(
  readSettings(IngestSettings),
  { dynamodb: new DynamoDBClient(), sqs: new SQSClient(), now: Date.now, pause },
  observing('ingest'),
);
