import * as z from 'zod';
import { Activity, MemberId } from '../../events/envelope.ts';
import { JsonValue } from '../../events/json-value.ts';
import { Instant } from './instant.ts';

export const Language = z
  .string()
  .regex(/^[a-z]{2}$/)
  .optional()
  .meta({ description: 'The language of titles and words; without it the organisation’s' });
const Cursor = z.string().min(1).max(1000).optional().meta({ description: '`next` of the page before' });
const Next = z.string().optional().meta({ description: 'The cursor of the next page; absent on the last one' });
const Title = z.string();
const Name = z.string();

export const MemberPath = z.object({ id: MemberId });
export const InLanguage = z.object({ language: Language });
export const TimelineQuery = z.object({
  language: Language,
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const MembersQuery = z.object({
  stage: Name,
  journey: Name.optional().meta({ description: 'Needed where several journeys have a stage of this name' }),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const Because = z
  .strictObject({
    stage: Name.nullable().meta({
      description: 'The stage whose condition it belongs to; null: the condition of whom the journey applies to',
    }),
    test: z.record(z.string(), z.unknown()).meta({ description: 'The test, as it stands in the model' }),
    holds: z.boolean().meta({ description: 'How it came out' }),
    words: z.string().meta({ description: 'The same as a phrase in the language asked for' }),
  })
  .meta({ id: 'Because', description: 'A test that had its part in a change of stage' });

const ScoreNow = z.strictObject({
  score: Name,
  title: Title,
  value: z.number(),
  band: Title.optional().meta({ description: 'What the value amounts to, where the model has a name for it' }),
});
const StageNow = z.strictObject({
  journey: Name,
  title: Title,
  stage: Name,
  stageTitle: Title,
  since: Instant,
  byModel: z.int().optional().meta({
    description: 'The version of the model that moved the member here by itself, where no event and no time did',
  }),
  because: z.array(Because).meta({
    description: 'Why the member entered the stage: what let them in, and what no longer kept them where they were',
  }),
  atRisk: z.boolean(),
  reasons: z.array(z.string()).meta({ description: 'Why, in sentences, where the stage is one of risk' }),
  nextStep: z.string().optional(),
});

export const MemberNow = z
  .strictObject({
    member: z.string(),
    asOf: Instant,
    model: z.int().meta({ description: 'The version of the scoring model' }),
    email: z.string().optional(),
    attributes: z.record(z.string(), JsonValue),
    consents: z.array(
      z.strictObject({
        purpose: z.string(),
        given: z.boolean(),
        at: Instant,
        source: z
          .string()
          .meta({ description: 'Who says so; `polku`: the member themselves, in a mail or on their page' }),
        wording: z.string().optional().meta({ description: 'The version of the text' }),
      }),
    ),
    preferences: z
      .strictObject({ language: z.string().optional(), pausedUntil: Instant.optional() })
      .optional()
      .meta({ description: 'In which language the member wants to be written to, and until when not at all' }),
    joinedAt: Instant.optional(),
    leftAt: Instant.optional(),
    tenureDays: z.int().optional().meta({ description: 'Whole days since joining; absent for who is no member' }),
    lastActivityAt: Instant.optional(),
    scores: z.array(ScoreNow),
    journeys: z.array(StageNow),
  })
  .meta({ id: 'Member', description: 'The standing of a member now' });
export type MemberNow = z.infer<typeof MemberNow>;

const Listed = z.strictObject({
  member: z.string(),
  stage: Name,
  since: Instant,
  lastActivityAt: Instant.optional(),
  scores: z.record(Name, z.number()),
});
export const MemberList = z
  .strictObject({ journey: Name, stage: Name, members: z.array(Listed), next: Next })
  .meta({ id: 'MemberList' });
export type MemberList = z.infer<typeof MemberList>;

const Points = z.strictObject({ score: Name, rule: Name, title: Title, points: z.number(), counted: z.boolean() });
const Happened = z.strictObject({
  kind: z.literal('event'),
  at: Instant,
  source: z.string(),
  id: z.string(),
  type: z.string(),
  data: Activity.shape.data,
  points: z.array(Points),
  takenBack: z.literal(true).optional().meta({ description: 'Its source has taken it back: it does not count' }),
});
export const Moved = z.strictObject({
  kind: z.literal('transition'),
  at: Instant,
  journey: Name,
  from: Name.nullable(),
  to: Name.nullable(),
  because: z.array(Because).meta({ description: 'What let in, and what no longer kept' }),
  words: z.string().meta({ description: 'The same as a sentence in the language asked for' }),
});
export type Moved = z.infer<typeof Moved>;
const Mailed = z.strictObject({
  kind: z.literal('mail'),
  at: Instant,
  id: z.string(),
  what: z.string().meta({ description: 'The message of the model, or `alert`: a notice to an owner' }),
  state: z.string().meta({ description: 'What became of it' }),
  why: z.string().optional().meta({ description: 'Why it was not sent, or waits, as a code' }),
  became: z.string().optional().meta({ description: 'What became of it after it was sent' }),
});
export const TimelineEntry = z.discriminatedUnion('kind', [Happened, Moved, Mailed]).meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const Timeline = z
  .strictObject({ member: z.string(), entries: z.array(TimelineEntry), next: Next })
  .meta({ id: 'Timeline', description: 'What happened, the newest first' });
export type Timeline = z.infer<typeof Timeline>;

const Items = z.int().nonnegative();
export const Erasure = z
  .strictObject({
    member: z.string(),
    events: Items,
    mails: Items.meta({ description: 'Of each, that it was sent and what became of it' }),
    others: Items.meta({ description: 'The snapshot, places in lists, choices' }),
    quarantined: Items.meta({
      description: 'Inputs that could not be processed and name the member or an address of theirs',
    }),
  })
  .meta({ id: 'Erasure', description: 'What is stored of a member, in items' });
export type Erasure = z.infer<typeof Erasure>;
