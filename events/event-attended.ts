import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const EventAttended = knownActivity(
  'event.attended',
  'Somebody was at an event: a meeting, a course, a gathering.',
  {
    event: Code.meta({ description: 'Which one, or which kind' }),
    role: Code.nullish().meta({ description: 'For example participant, speaker, organiser' }),
  },
);
export type EventAttended = z.infer<typeof EventAttended>;
