import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { mailStore } from '../../shared/aws/mail-store.ts';
import { mailer } from '../../shared/aws/mailer.ts';
import { modelsInUse } from '../../shared/aws/models-in-use.ts';
import { sesClient } from '../../shared/aws/ses-client.ts';
import { createLog } from '../../shared/lambda/log.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { pause } from '../../shared/lambda/pause.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { readSettings } from '../../shared/lambda/settings.ts';
import { deliver } from './handler.ts';
import { DeliverSettings } from './settings.ts';

const settings = readSettings(DeliverSettings);
const client = new DynamoDBClient();
const members = { client, table: settings.MEMBERS_TABLE, pause };
const now = Date.now;
const config = configStore({ client, table: settings.CONFIG_TABLE, now });
const { read, ledger } = memberStore(members);
const log = createLog('deliver');
const metrics = createMetrics('deliver');

export const handler = queueHandler(
  deliver({
    move: journeyStore(members).move,
    mails: {
      claims: mailStore({ client, table: settings.MEMBERS_TABLE, now, newToken: randomUUID }),
      send: mailer({
        client: sesClient(),
        organisation: settings.ORGANISATION,
        sender: settings.SENDER,
        configurationSet: settings.CONFIGURATION_SET,
        pause,
      }),
    },
    snapshot: read,
    ledger,
    modelVersion: modelsInUse(config).version,
    staff: config.staff,
    organisation: settings.ORGANISATION,
    language: settings.LANGUAGE,
    zone: settings.TIME_ZONE,
    count: metrics.count,
    onError: (error) => log.error('an effect could not be carried out', error),
    now,
  }),
  { log, metrics },
);
