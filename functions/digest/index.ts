import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { configStore } from '../../shared/aws/config-store.ts';
import { digestStore } from '../../shared/aws/digest-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { mailer } from '../../shared/aws/mailer.ts';
import { modelsInUse } from '../../shared/aws/models-in-use.ts';
import { sesClient } from '../../shared/aws/ses-client.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { digest } from './handler.ts';
import { DigestSettings } from './settings.ts';

const settings = readSettings(DigestSettings);
const client = new DynamoDBClient();
const members = { client, table: settings.MEMBERS_TABLE, pause };
const now = Date.now;
const config = configStore({ client, table: settings.CONFIG_TABLE, now });
const { readMany, ledger } = memberStore(members);
const { claims, lastListed, noteListed } = digestStore({
  client,
  table: settings.CONFIG_TABLE,
  now,
  newToken: randomUUID,
});
const log = createLog('digest');
const metrics = createMetrics('digest');

export const handler = scheduledHandler(
  digest({
    ...journeyStore(members),
    snapshots: readMany,
    ledger,
    currentModel: modelsInUse(config).current,
    staff: config.staff,
    digests: {
      claims,
      send: mailer({
        client: sesClient(),
        organisation: settings.ORGANISATION,
        sender: settings.SENDER,
        configurationSet: settings.CONFIGURATION_SET,
        pause,
      }),
    },
    lastListed,
    noteListed,
    organisation: settings.ORGANISATION,
    language: settings.LANGUAGE,
    zone: settings.TIME_ZONE,
    count: metrics.count,
    onError: (error) => log.error('a digest could not be sent', error),
    now,
  }),
  { log, metrics },
);
