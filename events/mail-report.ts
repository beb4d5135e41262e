import * as z from 'zod';

/** The name of the tag that each mail carries, and that comes back in what SES reports of it. */
export const MAIL_TAG = 'mail';

/**
 * What SES reports of a mail (event publishing), as far as it is read here: what happened to which mail. The type is open,
 * since SES gets new ones; the rest of a report holds addresses, and is left where it is.
 * Source: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
export const MailReport = z
  .object({
    eventType: z.string().min(1).max(64),
    mail: z.object({
      messageId: z.string().min(1).max(200),
      timestamp: z.iso.datetime({ offset: true }),
      tags: z.record(z.string(), z.array(z.string())).default({}),
    }),
  })
  .transform(({ eventType, mail }) => ({
    kind: 'report' as const,
    type: eventType,
    messageId: mail.messageId,
    /** When SES took the mail, epoch ms. */
    at: Date.parse(mail.timestamp),
    /** Undefined: the mail was not one of Polku's. */
    tag: mail.tags[MAIL_TAG]?.[0],
  }));
export type MailReport = z.infer<typeof MailReport>;
