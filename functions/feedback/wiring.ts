import { mailHearsay } from '../../shared/aws/mail-hearsay.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { feedback } from './handler.ts';
import type { FeedbackSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'now'>;

/** Feedback on its queue, in whatever world it is put. */
export const wireFeedback = (settings: FeedbackSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, now } = outside;
  const members = { client, table: settings.MEMBERS_TABLE };
  const { log, metrics } = observing;
  return queueHandler(
    feedback({
      ...mailHearsay({ ...members, now }),
      quarantine: quarantineStore(members).put,
      count: metrics.count,
      onError: (error) => log.error('what was heard of a mail could not be noted', error),
      now,
    }),
    observing,
  );
};
