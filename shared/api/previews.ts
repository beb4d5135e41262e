import * as z from 'zod';
import { ChangedMember } from '../preview/tally.ts';
import { ModelDocument } from './admin.ts';
import { Instant } from './instant.ts';

export const PreviewPath = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });

export const PreviewGone = z.strictObject({ id: z.string() }).meta({ id: 'PreviewGone' });
export type PreviewGone = z.infer<typeof PreviewGone>;

export const NewPreview = z
  .strictObject({
    model: ModelDocument,
    lastMonths: z
      .int()
      .min(1)
      .max(24)
      .default(6)
      .meta({ description: 'How many months back to look at messages, alerts and points' }),
    fresh: z
      .boolean()
      .default(false)
      .meta({ description: 'Begin anew, even if the same was previewed within the last hour' }),
  })
  .meta({ id: 'NewPreview' });

const Name = z.string();
const Count = z.int();
const Share = z.strictObject({ before: Count, after: Count });

const Distribution = z.strictObject({
  members: Count.meta({ description: 'Whose score is not zero' }),
  classes: z
    .array(z.strictObject({ from: z.number(), members: Count }))
    .meta({ description: 'How many have a score of `from` or more, but less than the next class' }),
  quantiles: z
    .record(z.enum(['p10', 'p25', 'p50', 'p75', 'p90', 'p99']), z.number())
    .optional()
    .meta({ description: 'Of those whose score is not zero; at most 1 % off' }),
});
export type Distribution = z.infer<typeof Distribution>;

const RuleSums = z.strictObject({ times: Count, points: z.number() });
const Weeks = z
  .array(z.strictObject({ week: z.iso.date(), ...Share.shape }))
  .meta({ description: 'By the Monday of the week, where there were any' });
const Withheld = z.record(z.string(), Count).meta({ description: 'By the reason why they would not have gone out' });
const Held = z.record(z.string(), Count).meta({ description: 'Of those that went, by what had made them wait' });

const Announcement = z
  .strictObject({
    members: Count.meta({ description: 'Who would get something' }),
    messages: z.array(
      z.strictObject({
        message: Name,
        now: Count,
        later: Count.meta({ description: 'At a decent hour, below the caps' }),
        withheld: Withheld,
      }),
    ),
    alerts: z.array(z.strictObject({ journey: Name, stage: Name, count: Count })),
  })
  .meta({
    description: 'What would go out at once if the draft were published with `announce`. Without it nothing does',
  });

export const PreviewResult = z
  .strictObject({
    members: Count,
    moved: Count.meta({ description: 'Members who would stand in another stage' }),
    journeys: z.array(
      z.strictObject({
        journey: Name,
        stages: z.array(z.strictObject({ stage: Name.nullable(), ...Share.shape })),
        moves: z
          .array(z.strictObject({ from: Name.nullable(), to: Name.nullable(), members: Count }))
          .meta({ description: 'Null: the journey does not apply' }),
      }),
    ),
    scores: z.array(z.strictObject({ score: Name, before: Distribution, after: Distribution })),
    grades: z.array(
      z.strictObject({
        grade: Name,
        people: z
          .array(z.strictObject({ value: Name, ...Share.shape }))
          .meta({ description: 'How many have each, the best first; those that nobody has are left out' }),
        moves: z
          .array(z.strictObject({ from: Name.nullable(), to: Name.nullable(), members: Count }))
          .meta({ description: 'Null: the model has no such grade' }),
      }),
    ),
    rules: z
      .array(z.strictObject({ rule: Name, before: RuleSums.optional(), after: RuleSums.optional() }))
      .meta({ description: 'What each rule gave in those months, what gives most by the draft first' }),
    messages: z.array(
      z.strictObject({
        message: Name,
        ...Share.shape,
        weeks: Weeks,
        held: z.strictObject({ before: Held, after: Held }),
        waiting: z.strictObject(Share.shape).meta({ description: 'Those that still waited for their time at the end' }),
        withheld: z.strictObject({ before: Withheld, after: Withheld }),
      }),
    ),
    alerts: z.array(z.strictObject({ journey: Name, stage: Name, ...Share.shape, weeks: Weeks })),
    busiestDay: z
      .strictObject({
        before: z.strictObject({ date: z.iso.date(), messages: Count }).optional(),
        after: z.strictObject({ date: z.iso.date(), messages: Count }).optional(),
      })
      .meta({ description: 'The day with the most messages to members' }),
    announcement: Announcement,
    mostChanged: z.array(ChangedMember),
    cost: z
      .strictObject({
        rescore: z.strictObject({ readUnits: Count, writeUnits: Count, dollars: z.number() }),
        mailsAMonth: Share.extend({ dollarsBefore: z.number(), dollarsAfter: z.number() }),
      })
      .meta({ description: 'By list prices: to bring everybody to the draft, and of the mails from then on' }),
  })
  .meta({ id: 'PreviewResult' });
export type PreviewResult = z.infer<typeof PreviewResult>;

export const Preview = z
  .strictObject({
    id: z.string(),
    state: z.enum(['running', 'done']),
    stalled: z.boolean().meta({ description: 'Running, but nothing was heard of it for a while: ask for it again' }),
    at: Instant.meta({ description: 'The instant as of which members are looked at' }),
    from: Instant.meta({ description: 'From when messages, alerts and points are counted' }),
    lastMonths: z.int(),
    current: z.int().meta({ description: 'The version that the draft is compared with; 0: none is in force' }),
    expiresAt: Instant,
    progress: z.strictObject({ members: Count, partsDone: Count, parts: Count }),
    result: PreviewResult.optional(),
  })
  .meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;
