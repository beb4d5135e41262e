import * as z from 'zod';

/** Words that a source puts on people; capitals make no difference. */
export const Tag = z.string().trim().min(1).max(100);
export const Tags = z.array(Tag).min(1).max(100);
