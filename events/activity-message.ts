import * as z from 'zod';
import { ActivityEvent, MemberId } from './envelope.ts';

/** What the activity queue carries: the only way to ask for a change of a member's record. */
export const ActivityMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('activity'), event: ActivityEvent }),
  /** "Look at this member again now", and by no older model than this version. */
  z.strictObject({ kind: z.literal('tick'), member: MemberId, model: z.int().positive().exactOptional() }),
  /** "Erase this member": all that lies there at that instant (epoch ms). */
  z.strictObject({ kind: z.literal('erasure'), member: MemberId, at: z.int() }),
]);
export type ActivityMessage = z.infer<typeof ActivityMessage>;
