import type { z } from 'zod';
import { Attributes } from './attributes.ts';
import { knownActivity } from './known-activity.ts';

export const MemberJoined = knownActivity('member.joined', 'Somebody joined, or joined again.', {
  attributes: Attributes.optional(),
});
export type MemberJoined = z.infer<typeof MemberJoined>;
