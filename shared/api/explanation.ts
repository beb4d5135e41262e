import * as z from 'zod';
import { JsonValue } from '../../events/json-value.ts';
import { Instant } from './instant.ts';
import { Language, Moved } from './members.ts';

const Name = z.string();
const Title = z.string();
const Words = z.string().meta({ description: 'The same as a sentence in the language asked for' });

export const ExplanationQuery = z.object({
  language: Language,
  at: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], {
      error: 'must be a date such as 2026-03-01, or an instant such as 2026-03-01T12:00:00Z',
    })
    .optional()
    .meta({
      description:
        'As of when: an instant, or a date, which means the end of that day where the organisation is. Of the past: under the version of the model that was in force then. Of the future: as if nothing happened until then. Left out: now',
    }),
  model: z.coerce.number().int().positive().optional().meta({
    description: 'The version of the model to reckon by; left out, the one in force at that time',
  }),
  outlook: z
    .enum(['yes', 'no'])
    .default('yes')
    .meta({ description: 'Whether to work out what would lead to another stage, which takes a while longer' }),
  audience: z
    .enum(['staff', 'member'])
    .default('staff')
    .meta({ description: '`member`: only what the member may be shown, and only in words' }),
});

const Point = z.strictObject({
  at: Instant,
  source: z.string(),
  id: z.string(),
  type: z.string(),
  rule: Name,
  title: Title,
  points: z.number().meta({ description: 'What it was worth then' }),
  words: Words,
});
const shortfalls = [
  'times',
  'points',
  'value',
  'floor',
  'ceiling',
  'no-number',
  'not-lead',
  'not-member',
  'not-followed',
  'began-anew',
] as const;
const misfits = ['condition', 'too-early', 'too-late'] as const;

const ExplainedScore = z.strictObject({
  score: Name,
  title: Title,
  value: z.number().meta({ description: 'The sum of the points now, of the facts, or of the parts' }),
  band: Title.optional(),
  words: Words,
  contributions: z.array(
    Point.extend({
      pointsNow: z.number().meta({ description: 'What decay has left of it' }),
      decay: z
        .string()
        .meta({ description: 'How it fades', examples: ['half-life 60 days', 'expiry 365 days', 'none'] }),
      fades: z.string().meta({ description: 'The same in words' }),
      cut: z
        .strictObject({ points: z.number(), reason: z.enum(shortfalls) })
        .optional()
        .meta({ description: 'What did not count of it, and what cut it off' }),
    }),
  ),
  facts: z
    .array(z.strictObject({ fact: Name, title: Title, points: z.number() }))
    .meta({ description: 'Of a score of fit: what is true of the member' }),
  parts: z
    .array(z.strictObject({ score: Name, title: Title, value: z.number() }))
    .meta({ description: 'Of a sum: what it adds up' }),
  uncounted: z
    .array(Point.extend({ reason: z.enum(shortfalls) }))
    .meta({ description: 'What a rule knew but did not count, or not in full' }),
  unmatched: z
    .array(Point.omit({ points: true }).extend({ reason: z.enum(misfits) }))
    .meta({ description: 'What a rule listens to but what did not fit it' }),
});

const Deed = z.strictObject({
  type: z.string().meta({ description: 'The type of the event' }),
  data: z.record(z.string(), JsonValue).meta({ description: 'What was put in for its data, the first time' }),
  title: Title.optional().meta({ description: 'Absent where something is registered rather than done' }),
  times: z.array(Instant).meta({ description: 'When it was played in' }),
});
const Way = z.strictObject({
  stage: Name,
  title: Title,
  at: Instant.meta({ description: 'When the stage is entered, if all goes as said' }),
  by: Instant.optional().meta({ description: 'Until when it can be put off, where that is soon' }),
  deeds: z.array(Deed).meta({ description: 'What has to happen; empty where time alone does it' }),
  words: Words,
});
const Direction = z.strictObject({
  ways: z.array(Way),
  none: z
    .enum(['no-stage', 'not-found', 'given-up'])
    .optional()
    .meta({ description: 'Why there is no way: no such stage, none found within the limits, or too much to try' }),
  words: z.array(z.string()),
});
const Outlook = z.strictObject({
  journey: Name,
  title: Title,
  stage: Name,
  stageTitle: Title,
  since: Instant,
  words: Words,
  up: Direction,
  down: Direction,
});

export const MemberExplanation = z
  .strictObject({
    member: z.string(),
    at: Instant,
    model: z.int().meta({ description: 'The version of the scoring model by which all of this is reckoned' }),
    language: z.string().meta({ description: 'The language of the words' }),
    words: Words,
    scores: z.array(ExplainedScore),
    transitions: z.array(Moved.omit({ kind: true })),
    outlook: z.array(Outlook).meta({ description: 'For each journey, what would lead to another stage' }),
  })
  .meta({ id: 'Explanation', description: 'Where every point comes from, and what would change the stage' });
export type MemberExplanation = z.infer<typeof MemberExplanation>;

export const ExplanationForMember = z
  .strictObject({
    audience: z.literal('member'),
    at: Instant,
    language: z.string(),
    words: Words,
    scores: z.array(z.strictObject({ title: Title, words: Words, counted: z.array(z.string()) })),
    paths: z.array(
      z.strictObject({
        title: Title,
        stage: Title.optional().meta({ description: 'Absent where the stage is one that staff are warned of' }),
        ahead: z.array(z.string()),
      }),
    ),
    moves: z.array(z.string()).meta({
      description: 'Each change of stage with its reasons, the newest first; without stages that staff are warned of',
    }),
  })
  .meta({ id: 'ExplanationForMember', description: 'What a member may be shown of it: words alone' });
export type ExplanationForMember = z.infer<typeof ExplanationForMember>;
