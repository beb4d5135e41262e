import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { ConsentPurpose } from './purpose.ts';
import { Text } from './values.ts';

export const ConsentGiven = knownActivity(
  'consent.given',
  'Somebody agreed to be written to; or, where the purpose is `tracking`, that it is noted whether they open e-mails and follow links.',
  {
    purpose: ConsentPurpose,
    wording: Text.nullish().meta({ description: 'Which text they agreed to: its version' }),
  },
);
export type ConsentGiven = z.infer<typeof ConsentGiven>;
