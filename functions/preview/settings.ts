import * as z from 'zod';

export const PreviewSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  TIME_ZONE: z.string(),
});
export type PreviewSettings = z.infer<typeof PreviewSettings>;
