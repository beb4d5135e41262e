import * as z from 'zod';

export const DigestSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  EFFECTS_QUEUE_URL: z.url(),
});
export type DigestSettings = z.infer<typeof DigestSettings>;
