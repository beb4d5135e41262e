import * as z from 'zod';
import { Pace } from './rescore.ts';

const Line = (max: number) => z.string().trim().min(1).max(max);

/** What whoever publishes a model says about it. */
export const Notes = z.strictObject({
  author: Line(100).optional().meta({ description: 'Who publishes it: a name or a role' }),
  hypothesis: Line(2000).optional().meta({ description: 'What the change is hoped to bring about' }),
  review: z.iso.date().optional().meta({ description: 'The day on which to look whether it did' }),
});
export type Notes = z.infer<typeof Notes>;

const Announce = z.boolean().optional().meta({
  description:
    'Whether members get the message, and owners the alert, of a stage that the new model itself moves somebody to',
});

/** The same, and how the model comes into force. */
export const Publishing = Notes.extend({
  announce: Announce,
  rescore: z
    .union([z.literal(false), z.strictObject({ pace: Pace.optional() })], {
      error: 'must be false, or { pace } with how many members a minute',
    })
    .optional()
    .meta({ description: 'At which pace silent members are brought along, or `false`: only when something happens' }),
});
export type Publishing = z.infer<typeof Publishing>;

/** What is kept with a version beside its model. */
export const VersionNotes = Notes.extend({
  announce: Announce,
  rollbackOf: z.int().positive().optional().meta({ description: 'The version whose model this one brought back' }),
});
export type VersionNotes = z.infer<typeof VersionNotes>;
