import * as z from 'zod';

export const SweepSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  ACTIVITY_QUEUE_URL: z.url(),
  EFFECTS_QUEUE_URL: z.url(),
  /** How often it runs, in minutes; at most 15, for a message cannot wait for longer. */
  EVERY_MINUTES: z.coerce.number().int().min(1).max(15),
});
export type SweepSettings = z.infer<typeof SweepSettings>;
