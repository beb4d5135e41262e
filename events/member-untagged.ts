import type { z } from 'zod';
import { knownActivity } from './known-activity.ts';
import { Tags } from './tags.ts';

export const MemberUntagged = knownActivity('member.untagged', 'The source took tags off a person.', { tags: Tags });
export type MemberUntagged = z.infer<typeof MemberUntagged>;
