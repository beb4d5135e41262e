import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailHistory } from '../../shared/aws/mail-history.ts';
import { stageIndex } from '../../shared/aws/stage-index.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { compiledOnce } from '../../shared/scoring/compiled-once.ts';
import { lookupRoutes } from './handler.ts';
import { LookupSettings } from './settings.ts';

const { LANGUAGE: language, TIME_ZONE: zone, ...settings } = readSettings(LookupSettings);
const now = Date.now;
const members = { client: new DynamoDBClient(), table: settings.MEMBERS_TABLE, pause };
const { currentModel } = configStore({ client: members.client, table: settings.CONFIG_TABLE, now });
const compiled = compiledOnce();

export const handler = httpHandler(
  lookupRoutes({
    ...memberStore(members),
    ...stageIndex(members),
    ...mailHistory(members),
    currentModel: async () => {
      const current = await currentModel();
      return current && { ...current, compiled: compiled(current.model) };
    },
    language,
    zone,
    now,
  }),
  { log: createLog('lookup') },
);
