import { createHash } from 'node:crypto';
import type { MailReportBlueprint } from '../template/mail-reports.ts';
import { ACCOUNT, lastPart } from '../template/place.ts';
import type { MailHead } from './mail-store.ts';

/** What this SES reports of every mail that it takes, by the names of CloudFormation and of the report. */
const reported = { send: 'Send', delivery: 'Delivery' } as const;
type Reported = keyof typeof reported;

const iso = (instant: number): string => new Date(instant).toISOString();

/** Of the event itself. Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const details: Readonly<Record<Reported, (mail: MailHead) => object>> = {
  send: () => ({ send: {} }),
  delivery: ({ at, to, cc, bcc }) => ({
    delivery: {
      timestamp: iso(at),
      processingTimeMillis: 0,
      recipients: [...to, ...cc, ...bcc],
      smtpResponse: '250 2.0.0 OK',
      reportingMTA: 'mailbox.localhost',
    },
  }),
};

const report = (mail: MailHead, type: Reported): object => {
  const { id: messageId, at, from, to, cc, bcc, subject, tags, configurationSet = '' } = mail;
  return {
    eventType: reported[type],
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
    ...details[type](mail),
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

/** What a destination gets to hear of a mail, as texts for its queue. */
export const reportsOf = (mail: MailHead, { configurationSet, types, topic, raw }: MailReportBlueprint): string[] => {
  if (mail.configurationSet !== undefined && lastPart(mail.configurationSet) !== configurationSet) return [];
  return (['send', 'delivery'] as const)
    .filter((type) => types.includes(type))
    .map((type) => JSON.stringify(report(mail, type)))
    .map((message) => (raw ? message : inEnvelope(message, topic, mail.at)));
};
