import * as z from 'zod';

export const PreferencesSettings = z.object({
  ORGANISATION: z.string(),
  LANGUAGE: z.string(),
  TIME_ZONE: z.string(),
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  /** Whether whoever agrees to it is followed in their mails. */
  TRACKING: z.enum(['on', 'off']),
  ACTIVITY_QUEUE_URL: z.url(),
});
export type PreferencesSettings = z.infer<typeof PreferencesSettings>;
