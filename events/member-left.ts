import type { z } from 'zod';
import { Attributes } from './attributes.ts';
import { knownActivity } from './known-activity.ts';
import { Code } from './values.ts';

export const MemberLeft = knownActivity('member.left', 'Somebody is a member no more.', {
  attributes: Attributes.optional(),
  reason: Code.nullish(),
});
export type MemberLeft = z.infer<typeof MemberLeft>;
