import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Tags } from './tags.ts';

export const MemberTagged = knownActivity('member.tagged', 'The source put tags on a person, beside those there are.', {
  tags: Tags,
});
export type MemberTagged = z.infer<typeof MemberTagged>;
