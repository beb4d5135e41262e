import * as z from 'zod';
import { type Combined, combined } from './combined.ts';
import { bounds, FieldCondition, Name, onDuration, onNumber, onValue, Path, values } from './data-condition.ts';
import {
  AfterCondition,
  CountCondition,
  FirstCondition,
  type HistoryCondition,
  LastCondition,
  SequenceCondition,
  StreakCondition,
} from './history-condition.ts';

/** A test of one attribute of the member, `status` among them (lead, member, left). */
const AttributeCondition = z.strictObject({ attribute: Path, ...onValue }).refine(values.check, values.message);
const Tag = z.string().trim().min(1).max(100);
/** Whether the member has a tag, or one of several; in capitals or not. */
const TagCondition = z.strictObject({
  tag: z.union([Tag, z.array(Tag).min(1).max(50)], { error: 'a tag, or a list of tags' }),
});
/** A test of a score as it stands at the instant. */
const ScoreCondition = z.strictObject({ score: Name, ...onNumber }).refine(bounds.check, bounds.message);
/** Whether a combined grade is one of these, such as A1 or B2. */
const GradeCondition = z.strictObject({ grade: Name, in: z.array(z.string().max(2)).min(1).max(81) });
/** A test of the time passed since the last sign of life, since joining, or since leaving. */
const SinceCondition = z
  .strictObject({ since: z.enum(['activity', 'joining', 'leaving']), ...onDuration })
  .refine(bounds.check, bounds.message);
/** A test of the stage in another journey. */
const StageCondition = z.strictObject({ journey: Name, in: z.array(Name).min(1).max(30) });

export type AttributeCondition = z.infer<typeof AttributeCondition>;
export type TagCondition = z.infer<typeof TagCondition>;
export type ScoreCondition = z.infer<typeof ScoreCondition>;
export type GradeCondition = z.infer<typeof GradeCondition>;
export type SinceCondition = z.infer<typeof SinceCondition>;
export type StageCondition = z.infer<typeof StageCondition>;

type StandingLeaf = AttributeCondition | TagCondition | ScoreCondition | GradeCondition | SinceCondition;
export type MemberLeaf = StandingLeaf | HistoryCondition | StageCondition;
/** What only a rule may ask: about the event that has just come. */
type PresentLeaf = FieldCondition | FirstCondition | AfterCondition;
export type EventLeaf = PresentLeaf | MemberLeaf;

const standingLeaf = (keys: ReadonlySet<string>): z.ZodType<StandingLeaf> | undefined => {
  if (keys.has('attribute')) return AttributeCondition;
  if (keys.has('tag')) return TagCondition;
  if (keys.has('score')) return ScoreCondition;
  if (keys.has('grade')) return GradeCondition;
  return keys.has('since') ? SinceCondition : undefined;
};
const memberLeaf = (keys: ReadonlySet<string>): z.ZodType<MemberLeaf> | undefined => {
  if (keys.has('count')) return CountCondition;
  if (keys.has('last')) return LastCondition;
  if (keys.has('streak')) return StreakCondition;
  if (keys.has('sequence')) return SequenceCondition;
  return keys.has('journey') ? StageCondition : standingLeaf(keys);
};
const none = (names: string) => z.never({ error: `must be one of: ${names}, all, any, not` });

/** What may be asked of somebody's standing without their history: whom a member of staff looks after. */
export const StandingCondition = combined<StandingLeaf>(
  (keys) => standingLeaf(keys) ?? none('attribute, tag, score, grade, since'),
);
export type StandingCondition = Combined<StandingLeaf>;

const ofMember = 'attribute, tag, score, grade, since, count, last, streak, sequence, journey';

/** What a journey or stage may ask: about the member at an instant. */
export const MemberCondition = combined<MemberLeaf>((keys) => memberLeaf(keys) ?? none(ofMember));
export type MemberCondition = Combined<MemberLeaf>;

const presentLeaf = (keys: ReadonlySet<string>): z.ZodType<PresentLeaf> | undefined => {
  if (keys.has('field')) return FieldCondition;
  if (keys.has('first')) return FirstCondition;
  return keys.has('after') ? AfterCondition : undefined;
};

/** What a rule may ask: about the event, and about the member just before it. */
export const EventCondition = combined<EventLeaf>(
  (keys): z.ZodType<EventLeaf> => presentLeaf(keys) ?? memberLeaf(keys) ?? none(`field, first, after, ${ofMember}`),
);
export type EventCondition = Combined<EventLeaf>;
