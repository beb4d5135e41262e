import { FeedbackMessage } from '../../events/feedback-message.ts';
import type { MailReport } from '../../events/mail-report.ts';
import { unreachable } from '../../shared/kernel/unreachable.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import type { BatchWork, QueueRecord } from '../../shared/lambda/queue-handler.ts';
import type { Heard, Hearsay } from '../../shared/mailing/hearsay.ts';

export type FeedbackDeps = Hearsay & {
  readonly quarantine: (input: { at: number; reason: string; body: string }) => Promise<unknown>;
  readonly count: Count;
  readonly onError: (error: unknown) => void;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What SES reports, and the metric that counts it. What was taken is counted by whoever sent it. */
const reports: ReadonlyMap<string, string | undefined> = new Map([
  ['Send', undefined],
  ['Delivery', 'MailsDelivered'],
  ['DeliveryDelay', 'MailsDelayed'],
  ['Bounce', 'MailsBounced'],
  ['Complaint', 'MailsComplainedOf'],
  ['Reject', 'MailsRejected'],
  ['Rendering Failure', 'MailsRejected'],
]);
/** Whatever else became of it: SES has sent the mail. */
const meansSent = new Set(['Send', 'Delivery']);

/**
 * How long after SES took a mail its claim may still be missing in the index, ms. More than any lag; less than it takes
 * the queue to give a message up.
 */
const LAG = 10 * 60_000;

const heardMetrics: Readonly<Record<Heard, string | undefined>> = {
  cleared: 'MailsCleared',
  unmatched: 'MailsUnmatched',
  noted: undefined,
  known: undefined,
};

/** Whether the message is done with; what may find its mail later comes back. */
const hear = ({ taken, told, now, ...deps }: FeedbackDeps) => {
  const count = (metric: string | undefined): void => {
    if (metric !== undefined) deps.count(metric, 1);
  };
  const done = (heard: Heard): boolean => {
    count(heardMetrics[heard]);
    return true;
  };
  const hearReport = async ({ type, tag, messageId, at }: MailReport): Promise<boolean> => {
    // Without a tag it is somebody else's mail with the same configuration set.
    const heard = meansSent.has(type) && tag !== undefined ? await taken(tag, messageId, at) : undefined;
    if (heard === 'unmatched' && now() - at < LAG) return false;
    count(reports.has(type) ? reports.get(type) : 'MailsReportedOtherwise');
    return heard === undefined || done(heard);
  };
  return async (message: FeedbackMessage): Promise<boolean> => {
    switch (message.kind) {
      case 'report':
        return hearReport(message);
      case 'word':
        return done(await told(message.tag, message.sent));
      case 'greeting':
        return true;
      default:
        return unreachable(message);
    }
  };
};

/**
 * Takes down what SES, or a person, says of mails that were sent: so a mail of which nobody knew whether it left is known
 * to have left, and is never sent again. Any order and any repetition ends in the same; each message fails alone.
 */
export const feedback = (deps: FeedbackDeps): BatchWork => {
  const { quarantine, count, onError, now } = deps;
  const hearOne = hear(deps);
  const work = async ({ body }: QueueRecord): Promise<boolean> => {
    const read = FeedbackMessage.safeParse(body);
    if (read.success) return hearOne(read.data);
    await quarantine({ at: now(), reason: 'no report of a mail', body });
    count('Quarantined', 1);
    return true;
  };
  return async (records) => {
    const failed = new Set<string>();
    await Promise.all(
      records.map(async (record) => {
        try {
          if (!(await work(record))) failed.add(record.messageId);
        } catch (error) {
          onError(error);
          failed.add(record.messageId);
        }
      }),
    );
    return failed;
  };
};
