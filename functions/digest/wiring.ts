import { configStore } from '../../shared/aws/config-store.ts';
import { lastListed } from '../../shared/aws/digest-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { journeyStore } from '../../shared/aws/journey-store.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { digest } from './handler.ts';
import type { DigestSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'pause'>;

/** The digest on its schedule, in whatever world it is put. */
export const wireDigest = (settings: DigestSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = configStore({ client, table: settings.CONFIG_TABLE, now });
  const { readMany, ledger } = memberStore(members);
  return scheduledHandler(
    digest({
      ...journeyStore(members),
      snapshots: readMany,
      ledger,
      lastListed: lastListed(members),
      currentModel: publishedModels(config).current,
      staff: config.staff,
      send: (digests) => sendBatch({ client: sqs, url: settings.EFFECTS_QUEUE_URL, pause }, digests),
      count: observing.metrics.count,
      now,
    }),
    observing,
  );
};
