import * as z from 'zod';
import { horizons } from '../scoring/experiment.ts';
import { Instant } from './instant.ts';

export const ReportPath = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/) });

export const ReportQuery = z.object({
  language: z
    .string()
    .max(10)
    .default('en')
    .meta({ description: 'In which language the verdict is said: nb, sv, fi or en' }),
});

export const ReportGone = z.strictObject({ id: z.string() }).meta({ id: 'ReportGone' });
export type ReportGone = z.infer<typeof ReportGone>;

export const NewReport = z
  .strictObject({
    message: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'The id of a message; left out: everything that the model holds some members out of' }),
    fresh: z
      .boolean()
      .default(false)
      .meta({ description: 'Begin anew, even if the same was asked within the last hour' }),
  })
  .meta({ id: 'NewReport' });

const Count = z.int();
const Share = z.number();
const Arm = z.string().meta({ description: '`held-out`, `letter` (the message as it is), or the id of a variant' });

const MailCounts = z.strictObject({
  sent: Count,
  delivered: Count,
  bounced: Count,
  complained: Count,
  clicked: Count.meta({ description: 'People who followed a link in it, of those who agreed that it is noted' }),
  withheld: Count,
  unsent: Count.meta({ description: 'SES did not take them, or nobody knows' }),
});

const Difference = z
  .strictObject({
    difference: Share,
    low: Share,
    high: Share,
    greater: Share.meta({
      description: 'How likely it is that the share is greater than that of the group compared with',
    }),
  })
  .meta({
    description: 'To the group compared with, of 1. It lies between `low` and `high` with the likelihood `level`',
  });

const ArmResult = z.strictObject({
  arm: Arm,
  people: Count.meta({ description: 'Whose time is up' }),
  hits: Count,
  difference: Difference.optional(),
});

const Verdict = z.strictObject({
  kind: z.enum(['helped', 'harmed', 'no-difference', 'cannot-tell', 'too-few']),
  months: Count.optional().meta({ description: 'How many more it would take at this pace, roughly' }),
  says: z.string().meta({ description: 'The same in plain words' }),
});

const Within = z.enum(horizons);

export const ReportResult = z
  .strictObject({
    members: Count.meta({ description: 'Who were looked at' }),
    people: Count.meta({ description: 'Who got the message, or would have got it' }),
    since: z.iso.date().optional().meta({ description: 'When the first of them did' }),
    comparedWith: Arm.nullable().meta({ description: 'Null: nobody is compared with anybody' }),
    level: Share.meta({ description: 'How likely each interval is to hold the truth: 0.95 for all verdicts together' }),
    arms: z.array(z.strictObject({ arm: Arm, people: Count, mails: MailCounts })),
    success: z
      .strictObject({
        within: Within,
        outcome: z.string().optional(),
        journey: z.string().optional(),
        in: z.array(z.string()).optional(),
        waiting: Count.meta({ description: 'Whose time is not up yet' }),
        arms: z.array(ArmResult.extend({ verdict: Verdict.optional() })),
      })
      .optional()
      .meta({ description: 'What the message is for, as was said beforehand. Nothing else has a verdict' }),
    explored: z
      .array(
        z.strictObject({
          within: Within,
          kind: z.enum(['outcome', 'forward', 'back']),
          name: z.string().meta({ description: 'The id of the outcome, or of the journey' }),
          arms: z.array(ArmResult),
        }),
      )
      .meta({ description: 'What else happened. Of many differences, some are chance' }),
  })
  .meta({ id: 'ReportResult' });
export type ReportResult = z.infer<typeof ReportResult>;

export const Report = z
  .strictObject({
    id: z.string(),
    message: z.string().nullable(),
    state: z.enum(['running', 'done']),
    stalled: z.boolean().meta({ description: 'Running, but nothing was heard of it for a while: ask for it again' }),
    at: Instant.meta({ description: 'The instant as of which members are looked at' }),
    current: z.int().meta({ description: 'The version of the model by which they are looked at' }),
    expiresAt: Instant,
    progress: z.strictObject({ members: Count, partsDone: Count, parts: Count }),
    result: ReportResult.optional(),
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof Report>;
