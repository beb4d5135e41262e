import * as z from 'zod';
import { MemberId } from './envelope.ts';
import { Tag } from './tags.ts';

const Text = z.string().max(500);
const Scalar = z.union([Text, z.number(), z.boolean()]);

/**
 * What a source knows of the person. A value replaces what was known, null clears it, what is not named stays as it
 * is. The named ones are used in mails; beside them an organisation keeps what it likes.
 */
export const Attributes = z
  .object({
    firstName: Text.nullish(),
    lastName: Text.nullish(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language tag such as fi or sv-FI')
      .nullish(),
    owner: Text.nullish().meta({ description: 'The id of the staff member who looks after this person' }),
    branch: Text.nullish(),
    firstId: MemberId.nullish().meta({
      description:
        'The id that this person had first, where records were merged or numbered anew: by it is drawn what they get where a message is measured',
    }),
    tags: z.array(Tag).max(100).nullish().meta({
      description: 'All tags of this person; single ones come and go by member.tagged and member.untagged',
    }),
  })
  .catchall(
    z.union([Scalar, z.array(Scalar).max(100), z.null()], {
      error: 'must be a text of 500 letters at most, a number, true, false or null, or a list of such',
    }),
  )
  .refine((attributes) => Object.keys(attributes).length <= 100, 'may have 100 attributes at most')
  .meta({ id: 'Attributes' });
export type Attributes = z.infer<typeof Attributes>;
