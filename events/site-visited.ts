import * as z from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code, Text } from './values.ts';

export const SiteVisited = knownActivity(
  'site.visited',
  'Somebody who is known visited the site. One event for a visit, not one for a page.',
  {
    topic: Code.nullish().meta({ description: 'What they read about' }),
    page: Text.nullish(),
    seconds: z.number().nonnegative().nullish(),
  },
);
export type SiteVisited = z.infer<typeof SiteVisited>;
