import * as z from 'zod';

export const LookupSettings = z.object({
  MEMBERS_TABLE: z.string(),
  CONFIG_TABLE: z.string(),
  ORGANISATION: z.string(),
  LANGUAGE: z.string(),
  TIME_ZONE: z.string(),
});
export type LookupSettings = z.infer<typeof LookupSettings>;
