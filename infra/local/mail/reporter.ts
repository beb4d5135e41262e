import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { chunks } from '../../../shared/kernel/chunks.ts';
import type { QueueServer } from '../queues/queue-server.ts';
import type { MailReportBlueprint } from '../template/mail-reports.ts';
import { turns } from '../turns.ts';
import type { MailStore } from './mail-store.ts';
import { reportsOf } from './report.ts';

/** SQS takes ten messages to a request. */
const PER_REQUEST = 10;
const AT_ONCE = 100;

export type ReporterOptions = {
  readonly store: MailStore;
  readonly destinations: readonly MailReportBlueprint[];
  readonly queues: Pick<QueueServer, 'client' | 'urlOf'>;
};

/**
 * Reports the mails that were taken, as SES does by event publishing: through the topics of the template into the queues
 * that subscribe to them. What could not be told is told the next time, after a restart as well; so it may come twice.
 */
export const mailReporter = ({ store, destinations, queues }: ReporterOptions) => {
  const turn = turns();

  const send = async (queue: string, texts: readonly string[]): Promise<void> => {
    for (const part of chunks(texts, PER_REQUEST)) {
      const Entries = part.map((MessageBody, i) => ({ Id: String(i), MessageBody }));
      const { Failed = [] } = await queues.client.send(
        new SendMessageBatchCommand({ QueueUrl: queues.urlOf(queue), Entries }),
      );
      if (Failed.length > 0) throw new Error('The queue did not take every report');
    }
  };

  /** Settles when everything that was taken before is told, or cannot be told now. */
  return async (): Promise<void> => {
    const end = await turn();
    try {
      for (let mails = store.untold(AT_ONCE); mails.length > 0; mails = store.untold(AT_ONCE)) {
        for (const destination of destinations) {
          await send(
            destination.queue,
            mails.flatMap((mail) => reportsOf(mail, destination)),
          );
        }
        store.told(mails.map(({ id }) => id));
      }
      for (let next = store.nextHappened(); next; next = store.nextHappened()) {
        const { place, mail, happened } = next;
        for (const destination of destinations) await send(destination.queue, reportsOf(mail, destination, happened));
        store.toldHappened(place);
      }
    } catch {
      // It stays untold.
    } finally {
      end();
    }
  };
};
