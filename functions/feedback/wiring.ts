import { addressNaming } from '../../shared/aws/address-key.ts';
import { mailHearsay } from '../../shared/aws/mail-hearsay.ts';
import { mailRates } from '../../shared/aws/mail-rates.ts';
import { marketingStore } from '../../shared/aws/marketing-store.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { suppressionStore } from '../../shared/aws/suppression-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { feedback } from './handler.ts';
import type { FeedbackSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'now' | 'newToken'>;

/** Feedback on its queue, in whatever world it is put. */
export const wireFeedback = (settings: FeedbackSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, now, newToken } = outside;
  const members = { client, table: settings.MEMBERS_TABLE };
  const config = { client, table: settings.CONFIG_TABLE };
  const { marketing, stopMarketing } = marketingStore({ ...config, now });
  const { log, metrics } = observing;
  return queueHandler(
    feedback({
      ...mailHearsay({ ...members, now }),
      ...suppressionStore({ ...members, nameOf: addressNaming({ ...config, newToken }) }),
      ...mailRates(members),
      marketing: () => marketing(0),
      stopMarketing,
      quarantine: quarantineStore(members).put,
      count: metrics.count,
      onError: (error) => log.error('what was heard of a mail could not be noted', error),
      now,
    }),
    observing,
  );
};
