import * as z from 'zod';
import { MailReport } from './mail-report.ts';

/** What names a mail to SES and to staff, and says nothing about anybody. */
export const MailTag = z.string().regex(/^[A-Za-z0-9_-]{10,64}$/);

/** What a person found out about a mail of which nobody knew whether it left. */
export const MailWord = z.strictObject({ kind: z.literal('word'), tag: MailTag, sent: z.boolean() });
export type MailWord = z.infer<typeof MailWord>;

/** What SES says once when it is told to report to a topic: as text, or where an identity reports, as JSON. */
const Greeting = z
  .union([
    z.string().startsWith('Successfully validated SNS topic'),
    z.object({ notificationType: z.literal('AmazonSnsSubscriptionSucceeded') }),
  ])
  .transform(() => ({ kind: 'greeting' as const }));

const jsonOrText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A report as SNS hands it on, unless told to hand it on as it is. */
const Notification = z
  .object({ Type: z.literal('Notification'), Message: z.string() })
  .transform(({ Message }) => jsonOrText(Message))
  .pipe(z.union([MailReport, Greeting]));

/** What the feedback queue carries, as text: what SES or a person says of mails that were sent. */
export const FeedbackMessage = z
  .string()
  .transform(jsonOrText)
  .pipe(z.union([MailWord, MailReport, Notification, Greeting]));
export type FeedbackMessage = z.infer<typeof FeedbackMessage>;
