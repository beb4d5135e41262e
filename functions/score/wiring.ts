import { configStore } from '../../shared/aws/config-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { score } from './handler.ts';
import type { ScoreSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'pause'>;

/** The scorer on the activity queue, in whatever world it is put. */
export const wireScore = (settings: ScoreSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, pause } = outside;
  const effects = { client: sqs, url: settings.EFFECTS_QUEUE_URL, pause };
  const models = publishedModels(configStore({ client, table: settings.CONFIG_TABLE, now }));
  const { log, metrics } = observing;
  return queueHandler(
    score({
      store: memberStore({ client, table: settings.MEMBERS_TABLE, pause }),
      sendEffects: (list) => sendBatch(effects, list),
      currentModel: models.atLeast,
      earlierModel: models.earlier,
      quarantine: quarantineStore({ client, table: settings.MEMBERS_TABLE }).put,
      count: metrics.count,
      onError: (error) => log.error('a member could not be scored', error),
      now,
    }),
    observing,
  );
};
