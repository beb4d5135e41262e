import * as z from 'zod';
import type { Purpose } from '../../../events/purpose.ts';

/** Whether marketing has stopped by itself, since when (epoch ms) and why; and when a person last let it go on. */
export const MarketingSwitch = z.object({
  stopped: z
    .object({
      at: z.int(),
      why: z.enum(['bounces', 'complaints']),
      sent: z.int(),
      bounced: z.int(),
      complained: z.int(),
    })
    .optional(),
  liftedAt: z.int().optional(),
});
export type MarketingSwitch = z.infer<typeof MarketingSwitch>;

/** What nobody has to get, and what stops first. */
const dispensable: ReadonlySet<Purpose> = new Set(['marketing', 'fundraising']);

export const isStopped = (purpose: Purpose, { stopped }: MarketingSwitch): boolean =>
  stopped !== undefined && dispensable.has(purpose);
