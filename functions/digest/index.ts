import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sesClient } from '../../shared/aws/ses-client.ts';
import { observing } from '../../shared/lambda/observing.ts';
import { pause, sleep } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { DigestSettings } from './settings.ts';
import { wireDigest } from './wiring.ts';

export const handler = wireDigest(
  readSettings(DigestSettings),
  { dynamodb: new DynamoDBClient(), ses: sesClient(), now: Date.now, newToken: randomUUID, sleep, pause },
  observing('digest'),
);
