import { createHash } from 'node:crypto';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import type { MailReportBlueprint } from '../template/mail-reports.ts';
import { ACCOUNT, lastPart } from '../template/place.ts';
import { type Happening, happeningsTo } from './happening.ts';
import type { MailHead } from './mail-store.ts';

const iso = (instant: number): string => new Date(instant).toISOString();

/** By CloudFormation's name of it, and by that of the report. */
type Told = { readonly type: string; readonly eventType: string; readonly detail: object };

const everybody = ({ to, cc, bcc }: MailHead): string[] => [...to, ...cc, ...bcc];

const bounced = (mail: MailHead, at: number, bounceType: string, bounceSubType: string, said: object = {}): Told => ({
  type: 'bounce',
  eventType: 'Bounce',
  detail: {
    bounce: {
      feedbackId: `${mail.id}-feedback`,
      bounceType,
      bounceSubType,
      bouncedRecipients: everybody(mail).map((emailAddress) => ({ emailAddress, ...said })),
      timestamp: iso(at),
      reportingMTA: 'dns; mailbox.localhost',
    },
  },
});

/** Somebody's browser. */
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0';
const ipAddress = '127.0.0.1';

/** Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const toldOf = (mail: MailHead, { kind, at, link }: Happening): Told => {
  switch (kind) {
    case 'delivered':
      return {
        type: 'delivery',
        eventType: 'Delivery',
        detail: {
          delivery: {
            timestamp: iso(at),
            processingTimeMillis: 0,
            recipients: everybody(mail),
            smtpResponse: '250 2.0.0 OK',
            reportingMTA: 'mailbox.localhost',
          },
        },
      };
    case 'gone':
      return bounced(mail, at, 'Permanent', 'General', { action: 'failed', status: '5.1.1' });
    case 'full':
      return bounced(mail, at, 'Transient', 'MailboxFull', { action: 'failed', status: '4.2.2' });
    case 'away':
      return bounced(mail, at, 'Transient', 'General');
    case 'listed':
      return bounced(mail, at, 'Permanent', 'OnAccountSuppressionList', { action: 'failed', status: '5.1.1' });
    case 'complained':
      return {
        type: 'complaint',
        eventType: 'Complaint',
        detail: {
          complaint: {
            complainedRecipients: everybody(mail).map((emailAddress) => ({ emailAddress })),
            timestamp: iso(at),
            feedbackId: `${mail.id}-feedback`,
            complaintFeedbackType: 'abuse',
          },
        },
      };
    case 'opened':
      return { type: 'open', eventType: 'Open', detail: { open: { ipAddress, timestamp: iso(at), userAgent } } };
    case 'clicked':
      return {
        type: 'click',
        eventType: 'Click',
        detail: { click: { ipAddress, timestamp: iso(at), userAgent, link, linkTags: null } },
      };
    default:
      return unreachable(kind);
  }
};

const sent: Told = { type: 'send', eventType: 'Send', detail: { send: {} } };

const report = (mail: MailHead, { eventType, detail }: Told): object => {
  const { id: messageId, at, from, to, cc, bcc, subject, tags, configurationSet = '' } = mail;
  return {
    eventType,
    mail: {
      timestamp: iso(at),
      source: from,
      sendingAccountId: ACCOUNT,
      messageId,
      destination: [...to, ...cc, ...bcc],
      headersTruncated: false,
      headers: [],
      commonHeaders: { from: [from], to, messageId, subject },
      tags: {
        'ses:configuration-set': [configurationSet],
        ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
      },
    },
    ...detail,
  };
};

/** SNS's envelope, unsigned: nothing but the topic reaches the queue. */
const inEnvelope = (message: string, topic: string, at: number): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: createHash('sha256').update(message).digest('hex').slice(0, 32),
    TopicArn: topic,
    Message: message,
    Timestamp: iso(at),
  });

/** Whether a destination hears of mails with the set of this one. */
const hears = ({ configurationSet: set }: MailHead, { configurationSet }: MailReportBlueprint): boolean =>
  set === undefined || lastPart(set) === configurationSet;

/** Whether anybody is told when this mail is opened, or its links are followed. */
export const isFollowed = (mail: MailHead, destinations: readonly MailReportBlueprint[]): boolean =>
  destinations.some((destination) => hears(mail, destination) && destination.types.includes('click'));

/**
 * What a destination gets to hear of a mail, as texts for its queue.
 * @param happened left out: that it was taken, and what becomes of it by itself
 */
export const reportsOf = (mail: MailHead, destination: MailReportBlueprint, happened?: Happening): string[] => {
  const { types, topic, raw } = destination;
  if (!hears(mail, destination)) return [];
  const told = happened
    ? [toldOf(mail, happened)]
    : [sent, ...happeningsTo(everybody(mail), mail.at).map((one) => toldOf(mail, one))];
  return told
    .filter(({ type }) => types.includes(type))
    .map((one) => JSON.stringify(report(mail, one)))
    .map((message) => (raw ? message : inEnvelope(message, topic, happened?.at ?? mail.at)));
};
