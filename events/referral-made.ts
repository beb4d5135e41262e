import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const ReferralMade = knownActivity(
  'referral.made',
  'A member brought in, or named, somebody else. Who that was is not said here.',
  {
    campaign: Code.nullish(),
  },
);
export type ReferralMade = z.infer<typeof ReferralMade>;
