import * as z from 'zod';

/** The name of the tag that each mail carries, and that comes back in what SES reports of it. */
export const MAIL_TAG = 'mail';

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
/** What a mail server says may be of any length: as much of it as anybody needs. */
const Code = z.string().transform((text) => text.slice(0, 100));
/** One of those whom a report is about: not each address that the mail was sent to. */
const Recipient = z.object({
  emailAddress: z.string().min(1).max(320),
  action: Code.nullish(),
  status: Code.nullish(),
});
type Recipient = z.infer<typeof Recipient>;

/** Those who can be read. The others keep none of them from being heard of, unless there are no more than such. */
const Recipients = z.array(z.unknown()).transform((all, context): Recipient[] => {
  const read = all.flatMap((one) => Recipient.safeParse(one).data ?? []);
  if (read.length === 0 && all.length > 0) context.addIssue({ code: 'custom', message: 'has nobody who can be read' });
  return read;
});

const Bounce = z.object({
  bounceType: Code,
  bounceSubType: Code.nullish(),
  bouncedRecipients: Recipients,
  timestamp: Instant,
});
const Complaint = z.object({
  complainedRecipients: Recipients,
  complaintSubType: Code.nullish(),
  complaintFeedbackType: Code.nullish(),
  timestamp: Instant,
});
const Open = z.object({ timestamp: Instant, userAgent: z.string().nullish() });
const Click = Open.extend({ link: z.string() });

/** What a report of a type must hold beside the mail. */
const details = { Bounce: 'bounce', Complaint: 'complaint', Open: 'open', Click: 'click' } as const;

const Shape = z.object({
  /** SES has two ways of reporting: events of a configuration set, and the older notifications of an identity. */
  eventType: z.string().min(1).max(64).optional(),
  notificationType: z.string().min(1).max(64).optional(),
  mail: z.object({
    messageId: z.string().min(1).max(200),
    timestamp: Instant,
    tags: z.record(z.string(), z.array(z.string())).default({}),
  }),
  bounce: Bounce.optional(),
  complaint: Complaint.optional(),
  open: Open.optional(),
  click: Click.optional(),
  delivery: z.object({ timestamp: Instant.optional() }).optional(),
  deliveryDelay: z.object({ timestamp: Instant.optional() }).optional(),
});

const isDetailed = (type: string): type is keyof typeof details => Object.hasOwn(details, type);

/**
 * What SES reports of a mail, as far as it is read here: what happened to which mail, and to whom. The type is open, since
 * SES gets new ones; the rest of a report is left where it is. All instants are epoch ms.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const MailReport = Shape.superRefine((report, context) => {
  const type = report.eventType ?? report.notificationType;
  if (type === undefined) context.addIssue({ code: 'custom', path: ['eventType'], message: 'is missing' });
  else if (isDetailed(type) && report[details[type]] === undefined) {
    context.addIssue({ code: 'custom', path: [details[type]], message: 'is missing' });
  }
}).transform(({ eventType, notificationType, mail, bounce, complaint, open, click, delivery, deliveryDelay }) => ({
  kind: 'report' as const,
  type: eventType ?? notificationType ?? '',
  messageId: mail.messageId,
  /** When SES took the mail. */
  at: mail.timestamp,
  /** When what is reported of it happened. */
  happenedAt: (bounce ?? complaint ?? open ?? click ?? delivery ?? deliveryDelay)?.timestamp ?? mail.timestamp,
  /** Undefined: the mail was not one of Polku's. */
  tag: mail.tags[MAIL_TAG]?.[0],
  bounce,
  complaint,
  open,
  click,
}));
export type MailReport = z.infer<typeof MailReport>;
