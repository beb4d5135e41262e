import type { z } from 'zod';
import { Attributes } from './attributes.ts';
import { knownActivity } from './known-activity.ts';

export const MemberUpdated = knownActivity('member.updated', 'The source knows something new of a person.', {
  attributes: Attributes,
});
export type MemberUpdated = z.infer<typeof MemberUpdated>;
