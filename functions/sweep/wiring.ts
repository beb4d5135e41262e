import { dueMembers } from '../../shared/aws/due-index.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { sweep } from './handler.ts';
import type { SweepSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'pause'>;

/** The sweep of the due index, in whatever world it is put. */
export const wireSweep = (settings: SweepSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, pause } = outside;
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  return scheduledHandler(
    sweep({
      dueMembers: dueMembers({ client, table: settings.MEMBERS_TABLE }),
      send: (ticks) => sendBatch(queue, ticks),
      count: observing.metrics.count,
      now,
    }),
    observing,
  );
};
