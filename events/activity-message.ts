import * as z from 'zod';
import { ActivityEvent, MemberId } from './envelope.ts';

/** What the activity queue carries: the only way to ask for a change of a member's record. */
export const ActivityMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('activity'), event: ActivityEvent }),
  /** "Look at this member again now." */
  z.strictObject({ kind: z.literal('tick'), member: MemberId }),
]);
export type ActivityMessage = z.infer<typeof ActivityMessage>;
