import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { PreviewSettings } from './settings.ts';
import { wirePreview } from './wiring.ts';

export const handler = wirePreview(
  readSettings(PreviewSettings),
  { dynamodb: new DynamoDBClient(), now: Date.now, newToken: randomUUID, pause },
  observing('preview'),
);
