import * as z from 'zod';

export const ScoreSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  EFFECTS_QUEUE_URL: z.url(),
});
export type ScoreSettings = z.infer<typeof ScoreSettings>;
