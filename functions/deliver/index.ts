import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sesClient } from '../../shared/aws/ses-client.ts';
import { observing } from '../../shared/lambda/observing.ts';
import { pause, sleep } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { DeliverSettings } from './settings.ts';
import { wireDeliver } from './wiring.ts';

export const handler = wireDeliver(
  readSettings(DeliverSettings),
  { dynamodb: new DynamoDBClient(), ses: sesClient(), now: Date.now, newToken: randomUUID, randomBytes, sleep, pause },
  observing('deliver'),
);
