import { sendBatch } from '../../shared/aws/send-batch.ts';
import { sourceStore } from '../../shared/aws/source-store.ts';
import type { World } from '../../shared/aws/world.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { takeEvents } from './handler.ts';
import type { IngestSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'pause'>;

/** The front door for sources, in whatever world it is put. */
export const wireIngest = (settings: IngestSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, pause } = outside;
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  const { source } = sourceStore({ client, table: settings.CONFIG_TABLE, now });
  return httpHandler(
    {
      'POST /v1/webhooks/{source}': takeEvents({
        source,
        send: (messages) => sendBatch(queue, messages),
        count: observing.metrics.count,
        now,
      }),
    },
    observing,
  );
};
