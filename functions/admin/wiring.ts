import { addressNaming } from '../../shared/aws/address-key.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { keyStore } from '../../shared/aws/key-store.ts';
import { mailRates } from '../../shared/aws/mail-rates.ts';
import { isInDoubt } from '../../shared/aws/mails-in-doubt.ts';
import { marketingStore } from '../../shared/aws/marketing-store.ts';
import { memberPartition } from '../../shared/aws/member-partition.ts';
import { modelIndex } from '../../shared/aws/model-index.ts';
import { previewNames } from '../../shared/aws/preview-names.ts';
import { previewStore } from '../../shared/aws/preview-store.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { reportStore } from '../../shared/aws/report-store.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { startExecution } from '../../shared/aws/start-execution.ts';
import { storedRecords } from '../../shared/aws/stored-records.ts';
import { suppressionStore } from '../../shared/aws/suppression-store.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import { waitingDigests } from '../../shared/aws/waiting-digests.ts';
import type { World } from '../../shared/aws/world.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { adminRoutes } from './handler.ts';
import type { AdminSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'randomBytes' | 'pause'> & {
  /** A secret for a source, that nobody can guess. */
  readonly newSecret: () => string;
};

/** What staff may set, in whatever world it is put. */
export const wireAdmin = (settings: AdminSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, randomBytes, pause, newSecret } = outside;
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  const feedback = { client: sqs, url: settings.FEEDBACK_QUEUE_URL, pause };
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = { client, table: settings.CONFIG_TABLE, now };
  const nameOf = addressNaming({ ...config, newToken: newSecret });
  const routes = adminRoutes({
    ...configStore(config),
    previews: previewStore(config),
    reports: reportStore(config),
    startPreview: startExecution(settings.PREVIEW_STATE_MACHINE),
    send: (messages, delay = 0) => sendBatch(queue, messages, () => delay),
    tell: async (message) => (await sendBatch(feedback, [message])).every((sent) => sent),
    isInDoubt: isInDoubt(members),
    ...marketingStore(config),
    ...mailRates(members),
    ...suppressionStore({ ...members, nameOf }),
    ...tombstoneStore({ ...members, nameOf }),
    wholeLedger: memberStore(members).wholeLedger,
    stored: storedRecords(members),
    waitingDigests: waitingDigests(members),
    previewsNaming: previewNames(config).previewsNaming,
    storedOf: async (member) => (await memberPartition(members).sorts(member)).map((sort) => sort.split('#')[0] ?? ''),
    countBehind: modelIndex(members).countBehind,
    quarantine: quarantineStore(members),
    newSecret,
    rotateLinkKey: keyStore({ ...config, randomBytes }).rotate,
    now,
  });
  return httpHandler(routes, observing);
};
