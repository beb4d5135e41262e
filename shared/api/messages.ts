import * as z from 'zod';
import { MemberId } from '../../events/envelope.ts';

export const MessagePath = z.object({
  id: z.string().meta({ description: 'The id of a message of the model in force' }),
});

export const PreviewQuery = z.object({
  member: MemberId.meta({ description: 'Whom the letter is filled in for' }),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'a language code of two letters, for example fi')
    .optional()
    .meta({ description: 'Another language than the one that they would get' }),
});

/** A letter as a member would get it. Nothing is sent. Its links lead nowhere. */
export const MessagePreview = z
  .object({
    message: z.string(),
    language: z.string().meta({ description: 'The language that it is in: the nearest there is' }),
    subject: z.string(),
    html: z.string(),
    text: z.string(),
  })
  .meta({ id: 'MessagePreview' });
export type MessagePreview = z.infer<typeof MessagePreview>;
