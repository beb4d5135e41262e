import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Purpose } from './purpose.ts';
import { Text } from './values.ts';

export const ConsentGiven = knownActivity('consent.given', 'Somebody agreed to be written to.', {
  purpose: Purpose,
  wording: Text.nullish().meta({ description: 'Which text they agreed to: its version' }),
});
export type ConsentGiven = z.infer<typeof ConsentGiven>;
