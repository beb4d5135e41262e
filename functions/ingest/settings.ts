import * as z from 'zod';

export const IngestSettings = z.object({
  CONFIG_TABLE: z.string(),
  ACTIVITY_QUEUE_URL: z.url(),
});
export type IngestSettings = z.infer<typeof IngestSettings>;
