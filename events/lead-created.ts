import type { z } from 'zod';
import { Attributes } from './attributes.ts';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const LeadCreated = knownActivity('lead.created', 'Somebody became known who has not joined yet.', {
  attributes: Attributes.optional(),
  channel: Code.nullish().meta({ description: 'Where they came from' }),
});
export type LeadCreated = z.infer<typeof LeadCreated>;
