import * as z from 'zod';

/** What a person can agree to be written to about. */
export const Purpose = z.enum(['service', 'membership', 'marketing', 'fundraising']);
export type Purpose = z.infer<typeof Purpose>;
