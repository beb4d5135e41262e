import * as z from 'zod';

/** What a person can agree to be written to about. */
export const Purpose = z.enum(['service', 'membership', 'marketing', 'fundraising']);
export type Purpose = z.infer<typeof Purpose>;

/** That it is noted whether somebody opens mails and follows links in them. Nobody is written to for it. */
export const TRACKING = 'tracking';

/** What a person can agree to. */
export const ConsentPurpose = z.enum([...Purpose.options, TRACKING]);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;
