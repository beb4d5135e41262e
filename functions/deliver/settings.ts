import { z } from 'zod';

export const DeliverSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  ORGANISATION: z.string(),
  LANGUAGE: z.string(),
  TIME_ZONE: z.string(),
  SENDER: z.string(),
  CONFIGURATION_SET: z.string(),
});
export type DeliverSettings = z.infer<typeof DeliverSettings>;
