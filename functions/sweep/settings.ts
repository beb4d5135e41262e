import * as z from 'zod';

export const SweepSettings = z.object({
  MEMBERS_TABLE: z.string(),
  ACTIVITY_QUEUE_URL: z.url(),
});
export type SweepSettings = z.infer<typeof SweepSettings>;
