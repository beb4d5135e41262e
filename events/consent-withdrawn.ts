import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Purpose } from './purpose.ts';

export const ConsentWithdrawn = knownActivity(
  'consent.withdrawn',
  'Somebody does not want to be written to any more.',
  {
    purpose: Purpose,
  },
);
export type ConsentWithdrawn = z.infer<typeof ConsentWithdrawn>;
