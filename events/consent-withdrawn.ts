import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { ConsentPurpose } from './purpose.ts';

export const ConsentWithdrawn = knownActivity(
  'consent.withdrawn',
  'Somebody does not want to be written to any more; or, where the purpose is `tracking`, not to be followed in e-mails.',
  {
    purpose: ConsentPurpose,
  },
);
export type ConsentWithdrawn = z.infer<typeof ConsentWithdrawn>;
