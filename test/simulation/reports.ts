import type { SentMail } from './cloud/mail.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';

/** What SES has to say of a mail: what happened, when (epoch ms), to the mail of which tag and to which addresses. */
export type Happening = {
  readonly type: string;
  readonly at: number;
  readonly mail: string;
  readonly tag: string;
  readonly to: readonly string[];
  /** Of a bounce: whether there is no such mailbox. */
  readonly isFinal: boolean;
};

/** Something that SES tells of a mail, as text, and how long after it took it, ms. */
export type Report = { readonly happening: Happening; readonly after: number; readonly body: string };

/** How many of the mails bounce, and how many of these for good. */
export type Mailboxes = { readonly bounce: number; readonly finally: number };

/** In a quarter of the seeds the mailboxes are full most of the time. */
export const drawMailboxes = ({ chance, pick }: Random): Mailboxes =>
  chance(0.25) ? { bounce: pick([0.3, 0.6]), finally: 0.05 } : { bounce: 0.08, finally: 0.5 };

/** What shows that SES sent the mail. */
export const isProof = ({ type }: Happening): boolean => type === 'Send' || type === 'Delivery';

/** A mail program that a person reads with. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Thunderbird/102.11.0';

const SECOND = 1000;
const HOUR = 3_600_000;

const bounce = (type: 'Permanent' | 'Transient', kind: string, to: readonly string[], timestamp: string) => ({
  bounce: {
    bounceType: type,
    bounceSubType: kind,
    bouncedRecipients: to.map((emailAddress) => ({ emailAddress, action: 'failed', status: '5.1.1' })),
    timestamp,
  },
});

/** What is special to a type of report. Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const detailOf = (
  type: string,
  to: readonly string[],
  timestamp: string,
  { chance }: Random,
  { finally: gone }: Mailboxes,
): object => {
  switch (type) {
    case 'Send':
      return { send: {} };
    case 'Delivery':
      return { delivery: { timestamp, recipients: to } };
    case 'DeliveryDelay':
      return { deliveryDelay: { timestamp, delayType: 'MailboxFull' } };
    case 'Bounce':
      return chance(gone)
        ? bounce('Permanent', 'General', to, timestamp)
        : bounce('Transient', 'MailboxFull', to, timestamp);
    case 'Complaint':
      return {
        complaint: {
          complainedRecipients: to.map((emailAddress) => ({ emailAddress })),
          timestamp,
          complaintFeedbackType: 'abuse',
        },
      };
    case 'Open':
      return { open: { timestamp, userAgent: BROWSER } };
    default:
      return { click: { timestamp, userAgent: BROWSER, link: 'https://example.org/' } };
  }
};

const typesOf = ({ chance }: Random, { bounce: rate }: Mailboxes): string[] => [
  'Send',
  ...(chance(0.1) ? ['DeliveryDelay'] : []),
  ...(chance(rate) ? ['Bounce'] : ['Delivery']),
  ...(chance(0.04) ? ['Complaint'] : []),
  ...(chance(0.2) ? ['Open', 'Click'] : []),
];

const inEnvelope = (Message: string): string => JSON.stringify({ Type: 'Notification', Message });

/** What SES tells of a mail that it took: some of it never, some late or twice, and in any order. */
export const reportsOf = (
  { id, at, to, tags }: SentMail,
  chance: Random,
  { faults, mailboxes }: { readonly faults: Faults; readonly mailboxes: Mailboxes },
): Report[] =>
  typesOf(chance, mailboxes).flatMap((type): Report[] => {
    if (faults.strike('report-lost')) return [];
    const late = faults.strike('report-late');
    const after = late ? late.between(HOUR / 6, 72 * HOUR) : chance.pick([0, 0, SECOND, 20 * SECOND, 300 * SECOND]);
    const mail = {
      messageId: id,
      timestamp: new Date(at).toISOString(),
      destination: to,
      tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
    };
    const happenedAt = at + chance.below(60 * SECOND);
    const detail = detailOf(type, to, new Date(happenedAt).toISOString(), chance, mailboxes);
    const text = JSON.stringify({ eventType: type, mail, ...detail });
    const isFinal = text.includes('"bounceType":"Permanent"');
    const happening = { ...{ type, to, isFinal }, at: happenedAt, mail: id, tag: tags.mail ?? '' };
    const report = { happening, after, body: chance.chance(0.2) ? inEnvelope(text) : text };
    const twice = faults.strike('duplicate');
    return twice ? [report, { ...report, after: after + twice.pick([0, SECOND, 5 * HOUR]) }] : [report];
  });
