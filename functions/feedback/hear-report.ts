import type { MailReport } from '../../events/mail-report.ts';
import { addressNotes, type NotedAddress } from '../../shared/mailing/feedback/address-notes.ts';
import { countsAgainstUs, type Fate, fateOf, meansSent } from '../../shared/mailing/feedback/fate.ts';
import type { FindMail, Heard } from '../../shared/mailing/hearsay.ts';
import { type ActDeps, hearAct, hearArrival } from './hear-act.ts';

export type ReportDeps = ActDeps & {
  readonly mailOf: FindMail;
  /** Keeps what was said of an address; the same again changes nothing. */
  readonly noteAddress: (noted: NotedAddress) => Promise<void>;
  /** Counts a mail (by SES's id) against the sender, once. Instants in epoch ms. */
  readonly countAgainst: (what: 'bounce' | 'complaint', mail: string, takenAt: number, at: number) => Promise<void>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What a report came to. `early`: it must come again, since its mail or what belongs to it is not known yet. */
export type Reported =
  | { readonly kind: 'early' }
  | { readonly kind: 'done'; readonly metrics: readonly string[]; readonly counted: boolean };

const metricOf: Readonly<Record<Fate, string>> = {
  complained: 'MailsComplainedOf',
  bounced: 'MailsBounced',
  returned: 'MailsReturned',
  rejected: 'MailsRejected',
  'not-rendered': 'MailsRejected',
  delivered: 'MailsDelivered',
  delayed: 'MailsDelayed',
};

/** Reports that are no news of what became of a mail. */
const otherMetrics: ReadonlyMap<string, string | undefined> = new Map([
  // Counted by whoever sent it.
  ['Send', undefined],
  ['Bounce', 'MailsAutoAnswered'],
  ['Complaint', 'MailsCalledNoSpam'],
  // Counted by what is found out about them.
  ['Open', undefined],
  ['Click', undefined],
]);

const heardMetrics: Readonly<Record<Heard, string | undefined>> = {
  cleared: 'MailsCleared',
  noted: undefined,
  known: undefined,
};

/**
 * How long after SES took a mail its claim may still be missing in the index, ms. More than any lag; less than it takes
 * the queue to give a message up.
 */
const LAG = 10 * 60_000;

const reportMetric = (type: string, fate: Fate | undefined): string | undefined => {
  if (fate !== undefined) return metricOf[fate];
  return otherMetrics.has(type) ? otherMetrics.get(type) : 'MailsReportedOtherwise';
};

/**
 * Takes down a report of SES: first what it says of addresses, since that must hold before the next mail, then what
 * became of the mail that it is about. Each part may be noted again, and in any order.
 */
export const hearReport = (deps: ReportDeps) => {
  const { mailOf, noteAddress, countAgainst, now } = deps;
  const hear = hearAct(deps);
  const arrived = hearArrival(deps);
  /** @param isAgain whether it was handed out before, some minutes ago */
  return async (report: MailReport, isAgain: boolean): Promise<Reported> => {
    const { tag, type, messageId, at, happenedAt } = report;
    await Promise.all(addressNotes(report).map(noteAddress));
    const fate = fateOf(report);
    // Without a tag it is somebody else's mail with the same configuration set.
    if (tag === undefined) return { kind: 'done', metrics: [reportMetric(type, fate) ?? []].flat(), counted: false };

    const against = countsAgainstUs(report);
    if (against) await countAgainst(against, messageId, at, happenedAt);
    const isNews = meansSent(report) || fate !== undefined;
    const mail = isNews ? await mailOf(tag) : undefined;
    const isUnmatched = isNews && !mail;
    if (isUnmatched && now() - at < LAG) return { kind: 'early' };
    const taken = mail && meansSent(report) ? await mail.taken(messageId, at) : undefined;
    const became = mail && fate ? await mail.became(fate, happenedAt) : undefined;
    if (mail && fate === 'delivered') await arrived({ tag, ...mail, letter: became?.letter }, at);
    const heard = [taken, became?.heard].flatMap((one) => one ?? []);
    const act = mail && (await hear(report, { tag, ...mail }, isAgain));
    if (act?.kind === 'early') return act;
    const told = isUnmatched ? 'MailsUnmatched' : heard.map((one) => heardMetrics[one]).find((one) => one);
    return {
      kind: 'done',
      metrics: [reportMetric(type, fate), act?.metric, told].flatMap((one) => one ?? []),
      counted: against !== undefined,
    };
  };
};
