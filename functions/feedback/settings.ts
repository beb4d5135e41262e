import * as z from 'zod';

export const FeedbackSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  ACTIVITY_QUEUE_URL: z.url(),
});
export type FeedbackSettings = z.infer<typeof FeedbackSettings>;
