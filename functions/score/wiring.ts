import { addressNaming } from '../../shared/aws/address-key.ts';
import { choiceStore } from '../../shared/aws/choice-store.ts';
import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { memberPartition } from '../../shared/aws/member-partition.ts';
import { previewNames } from '../../shared/aws/preview-names.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { dismiss, erase } from './erase.ts';
import { type ScoreDeps, score } from './handler.ts';
import type { ScoreSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'newToken' | 'pause'>;

/** What the scorer works with, in whatever world it is put. */
export const scoreDeps = (settings: ScoreSettings, outside: Outside, { log, metrics }: Observing): ScoreDeps => {
  const { dynamodb: client, sqs, now, newToken, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const set = { client, table: settings.CONFIG_TABLE };
  const effects = { client: sqs, url: settings.EFFECTS_QUEUE_URL, pause };
  const models = publishedModels(configStore({ ...set, now }));
  const store = memberStore(members);
  const partition = memberPartition(members);
  const graves = tombstoneStore({ ...members, nameOf: addressNaming({ ...set, newToken }) });
  return {
    store,
    sendEffects: (list) => sendBatch(effects, list),
    currentModel: models.atLeast,
    earlierModel: models.earlier,
    erasedAt: graves.erasedAt,
    erase: erase({ store, ...choiceStore(members), ...graves, ...partition, ...previewNames({ ...set, now }) }),
    dismiss: dismiss({ ...graves, ...partition }),
    quarantine: quarantineStore(members).put,
    count: metrics.count,
    onError: (error) => log.error('a member could not be scored', error),
    now,
  };
};

/** The scorer on the activity queue. */
export const wireScore = (settings: ScoreSettings, outside: Outside, observing: Observing) =>
  queueHandler(score(scoreDeps(settings, outside, observing)), observing);
