import { createHash } from 'node:crypto';
import { addressNaming } from '../../shared/aws/address-key.ts';
import { choiceStore } from '../../shared/aws/choice-store.ts';
import { memberStore } from '../../shared/aws/dynamodb-member-store.ts';
import { mailFinder } from '../../shared/aws/mail-finder.ts';
import { mailRates } from '../../shared/aws/mail-rates.ts';
import { marketingStore } from '../../shared/aws/marketing-store.ts';
import { quarantineStore } from '../../shared/aws/quarantine-store.ts';
import { sendBatch } from '../../shared/aws/send-batch.ts';
import { suppressionStore } from '../../shared/aws/suppression-store.ts';
import { tombstoneStore } from '../../shared/aws/tombstone-store.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Observing } from '../../shared/lambda/observing.ts';
import { queueHandler } from '../../shared/lambda/queue-handler.ts';
import { memberAgreed } from './had-agreed.ts';
import { feedback } from './handler.ts';
import type { FeedbackSettings } from './settings.ts';

type Outside = Pick<World, 'dynamodb' | 'sqs' | 'now' | 'newToken' | 'pause'>;

/** As many characters of a hash tell the links of a mail apart. */
const LINK_NAME = 11;

/** Feedback on its queue, in whatever world it is put. */
export const wireFeedback = (settings: FeedbackSettings, outside: Outside, observing: Observing) => {
  const { dynamodb: client, sqs, now, newToken, pause } = outside;
  const members = { client, table: settings.MEMBERS_TABLE, pause };
  const config = { client, table: settings.CONFIG_TABLE };
  const { marketing, stopMarketing } = marketingStore({ ...config, now });
  const { log, metrics } = observing;
  const { read, ledger } = memberStore(members);
  const nameOf = addressNaming({ ...config, newToken });
  const queue = { client: sqs, url: settings.ACTIVITY_QUEUE_URL, pause };
  return queueHandler(
    feedback({
      mailOf: mailFinder({ ...members, now }),
      hadAgreed: memberAgreed({
        snapshot: read,
        ledger,
        ...choiceStore(members),
        ...tombstoneStore({ ...members, nameOf }),
      }),
      linkName: (link) => createHash('sha256').update(link).digest('base64url').slice(0, LINK_NAME),
      tell: async (events) => {
        const sent = await sendBatch(
          queue,
          events.map((event) => ({ kind: 'activity', event })),
        );
        if (!sent.every((one) => one)) throw new Error('The queue may not have what was done with a mail');
      },
      ...suppressionStore({ ...members, nameOf }),
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
