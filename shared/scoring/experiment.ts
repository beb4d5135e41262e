import * as z from 'zod';
import { EventType } from '../../events/envelope.ts';
import { Purpose } from '../../events/purpose.ts';
import { DataCondition, Name } from './data-condition.ts';
import { type Template, Templates } from './letter.ts';
import { Language, LocalText } from './local-text.ts';

/** Something that members do, and that a message may bring about. */
export const Outcome = z.strictObject({
  id: Name,
  title: LocalText,
  on: EventType,
  where: DataCondition.optional().meta({ description: "What the event's data must look like; left out: any" }),
  wanted: z.enum(['more', 'fewer']).default('more').meta({ description: 'Whether it is good or bad that it happens' }),
});
export type Outcome = z.infer<typeof Outcome>;

/** What every model knows, unless it says something else under the same id. */
export const houseOutcomes: readonly Outcome[] = [
  { id: 'renewed', title: 'Renewed', on: 'membership.renewed', wanted: 'more' },
  { id: 'left', title: 'Left', on: 'member.left', wanted: 'fewer' },
];

export const horizons = ['30 days', '90 days'] as const;

/** What a message is for, said before anybody knows. */
export const Success = z
  .strictObject({
    outcome: Name.optional().meta({ description: 'One of `outcomes`, or `renewed` or `left`' }),
    journey: Name.optional(),
    in: z
      .array(Name)
      .min(1)
      .optional()
      .meta({ description: 'Whoever stands in one of these stages when the time is up' }),
    within: z.enum(horizons).default('90 days'),
    worth: z
      .number()
      .min(1)
      .max(50)
      .default(5)
      .meta({ description: 'How many people in a hundred it must make a difference for, to be worth knowing' }),
  })
  .refine(({ outcome, journey, in: stages }) => (outcome === undefined) === (journey !== undefined && !!stages), {
    error: 'needs either `outcome`, or `journey` and `in`',
  });
export type Success = z.infer<typeof Success>;

const Share = z.number().positive().max(90).meta({ description: 'How many in a hundred' });
const Round = z
  .int()
  .min(1)
  .max(1000)
  .default(1)
  .meta({ description: 'Another number draws everybody anew, and begins to count anew' });

const Variant = z
  .strictObject({
    id: Name,
    share: Share,
    subject: z.record(Language, z.string().min(1).max(200)).optional().meta({
      description: 'Another subject, for each language; the rest of the letter is the same',
    }),
    templates: Templates.optional().meta({ description: 'Another letter' }),
  })
  .refine(({ subject, templates }) => (subject === undefined) !== (templates === undefined), {
    error: 'needs either `subject` or `templates`',
  });
export type Variant = z.infer<typeof Variant>;

/** How it is found out whether a message helps: some get another letter, some none. */
export const Experiment = z
  .strictObject({
    holdOut: Share.optional().meta({ description: 'How many in a hundred do not get it, to compare with' }),
    variants: z.array(Variant).min(1).max(5).optional(),
    success: Success,
    round: Round,
  })
  .refine(({ holdOut, variants }) => holdOut !== undefined || variants !== undefined, {
    error: 'needs `holdOut` or `variants`, or there is nothing to compare',
  });
export type Experiment = z.infer<typeof Experiment>;

/** A group of people who get no messages of some purposes, whatever the message. */
export const HoldOut = z.strictObject({
  share: Share,
  purposes: z.array(Purpose.exclude(['service'], { error: 'membership, marketing or fundraising' })).min(1),
  success: Success,
  round: Round,
});
export type HoldOut = z.infer<typeof HoldOut>;

/** The letter of a variant, in each language that it has. */
export const variantTemplates = (
  { subject, templates }: Variant,
  own: Readonly<Record<string, Template>>,
): Readonly<Record<string, Template>> =>
  templates ??
  Object.fromEntries(
    Object.entries(own).map(([language, template]) => [
      language,
      { ...template, subject: subject?.[language] ?? template.subject },
    ]),
  );
