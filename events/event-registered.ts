import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const EventRegistered = knownActivity('event.registered', 'Somebody signed up for an event.', {
  event: Code.meta({ description: 'Which one, or which kind' }),
});
export type EventRegistered = z.infer<typeof EventRegistered>;
