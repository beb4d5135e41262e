import { FeedbackMessage } from '../../events/feedback-message.ts';
import { unreachable } from '../../shared/kernel/unreachable.ts';
import type { Count } from '../../shared/lambda/metrics.ts';
import type { BatchWork, QueueRecord } from '../../shared/lambda/queue-handler.ts';
import { hearReport, type ReportDeps } from './hear-report.ts';
import { type JudgeDeps, judgeRates } from './judge-rates.ts';

export type FeedbackDeps = ReportDeps &
  JudgeDeps & {
    readonly quarantine: (input: { at: number; reason: string; body: string }) => Promise<unknown>;
    readonly count: Count;
    readonly onError: (error: unknown) => void;
  };

/** `back`: the message comes again. `counted`: it counts against the sender, so the rates must be looked at. */
type Outcome = 'done' | 'back' | 'counted';

const hear = (deps: FeedbackDeps) => {
  const { mailOf, count } = deps;
  const report = hearReport(deps);
  return async (message: FeedbackMessage, isAgain: boolean): Promise<Outcome> => {
    switch (message.kind) {
      case 'report': {
        const reported = await report(message, isAgain);
        if (reported.kind === 'early') return 'back';
        for (const metric of reported.metrics) count(metric, 1);
        return reported.counted ? 'counted' : 'done';
      }
      case 'word': {
        const mail = await mailOf(message.tag);
        const heard = mail ? await mail.told(message.sent) : 'unmatched';
        if (heard === 'cleared') count('MailsCleared', 1);
        if (heard === 'unmatched') count('MailsUnmatched', 1);
        return 'done';
      }
      case 'greeting':
        return 'done';
      default:
        return unreachable(message);
    }
  };
};

/**
 * Takes down what SES, or a person, says of mails that were sent: which addresses must not be written to any more, what
 * became of each mail, and that a mail of which nobody knew has left. Any order and any repetition ends in the same;
 * each message fails alone. Where too many bounce or complain, marketing stops.
 */
export const feedback = (deps: FeedbackDeps): BatchWork => {
  const { quarantine, count, onError, now } = deps;
  const hearOne = hear(deps);
  const judge = judgeRates(deps);
  const work = async ({ body, receives = 1 }: QueueRecord): Promise<Outcome> => {
    const read = FeedbackMessage.safeParse(body);
    if (read.success) return hearOne(read.data, receives > 1);
    await quarantine({ at: now(), reason: 'no report of a mail', body });
    count('Quarantined', 1);
    return 'done';
  };
  return async (records) => {
    const failed = new Set<string>();
    const counted: QueueRecord[] = [];
    await Promise.all(
      records.map(async (record) => {
        try {
          const outcome = await work(record);
          if (outcome === 'back') failed.add(record.messageId);
          if (outcome === 'counted') counted.push(record);
        } catch (error) {
          onError(error);
          failed.add(record.messageId);
        }
      }),
    );
    try {
      const isAgain = counted.some(({ receives = 1 }) => receives > 1);
      if (counted.length > 0 && (await judge(isAgain))) count('MarketingStopped', 1);
    } catch (error) {
      onError(error);
      for (const { messageId } of counted) failed.add(messageId);
    }
    return failed;
  };
};
