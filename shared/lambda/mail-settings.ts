import * as z from 'zod';

/** What a function must be told to write mails in the organisation's name. */
export const MailSettings = z.object({
  ORGANISATION: z.string(),
  LANGUAGE: z.string(),
  TIME_ZONE: z.string(),
  SENDER: z.string(),
  CONFIGURATION_SET: z.string(),
  /** What the account may send: recipients a second, and in 24 hours. */
  MAILS_PER_SECOND: z.coerce.number().positive(),
  MAILS_PER_DAY: z.coerce.number().int().positive(),
});
export type MailSettings = z.infer<typeof MailSettings>;
