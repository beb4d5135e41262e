import type { z } from 'zod';
import { EventId } from './envelope.ts';
import { knownActivity } from './known-activity.ts';

/** The type of what takes another event back. */
export const RETRACTED = 'event.retracted';

export const EventRetracted = knownActivity(
  RETRACTED,
  'The source takes back an event that it sent in error: that of the same source and member with the id in `data`. It counts no more, whichever of the two comes first.',
  { id: EventId.meta({ description: 'The id of the event that is taken back' }) },
);
export type EventRetracted = z.infer<typeof EventRetracted>;
