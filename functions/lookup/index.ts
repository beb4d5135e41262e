import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { observing } from '../../shared/lambda/observing.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { LookupSettings } from './settings.ts';
import { wireLookup } from './wiring.ts';

export const handler = wireLookup(
  readSettings(LookupSettings),
  { dynamodb: new DynamoDBClient(), now: Date.now, pause },
  observing('lookup'),
);
