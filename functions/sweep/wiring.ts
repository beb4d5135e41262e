import { configStore } from '../../shared/aws/config-store.ts';
import { dueIndex } from '../../shared/aws/due-index.ts';
import { modelIndex } from '../../shared/aws/model-index.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { scheduledHandler } from '../../shared/lambda/scheduled-handler.ts';
import { bringAlong } from './bring-along.ts';
import { sweep } from './handler.ts';
import type { SweepSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'pause'>;

/** The sweep of whom time has moved, and then of whom a new model has left behind, in whatever world it is put. */
export const wireSweep = (settings: SweepSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, pause } = outside;
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  const members = { client, table: settings.MEMBERS_TABLE };
  const { count } = observing.metrics;
  const sweepDue = sweep({
    due: dueIndex(members),
    release: (mails) => sendBatch({ ...queue, url: settings.EFFECTS_QUEUE_URL }, mails),
    send: (ticks) => sendBatch(queue, ticks),
    count,
    now,
  });
  const rescore = bringAlong({
    ...configStore({ client, table: settings.CONFIG_TABLE, now }),
    behind: modelIndex(members).behind,
    send: (ticks, delayOf) => sendBatch(queue, ticks, delayOf),
    every: settings.EVERY_MINUTES,
    count,
    now,
  });
  return scheduledHandler(async () => {
    try {
      await sweepDue();
    } finally {
      await rescore();
    }
  }, observing);
};
