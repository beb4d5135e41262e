import * as z from 'zod';

export const AdminSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  ACTIVITY_QUEUE_URL: z.url(),
  FEEDBACK_QUEUE_URL: z.url(),
  PREVIEW_STATE_MACHINE: z.string(),
});
export type AdminSettings = z.infer<typeof AdminSettings>;
