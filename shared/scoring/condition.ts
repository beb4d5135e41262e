import * as z from 'zod';
import { EventType } from '../../events/envelope.ts';
import { calendarPeriods } from '../kernel/calendar-period.ts';
import { isCalendarSpan } from '../kernel/calendar-span.ts';
import { isDuration } from '../kernel/duration.ts';

export const Duration = z.string().refine(isDuration, 'a duration such as "90 days", "2 weeks" or "12 hours"');
export type Duration = z.infer<typeof Duration>;

export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most, a letter first');

/** How far a date lies away, by the calendar. */
export const CalendarSpan = z
  .string()
  .refine(isCalendarSpan, 'a length such as "30 days", "2 weeks", "6 months" or "18 years"');

const Value = z.union([z.string().max(200), z.number(), z.boolean()]);
export const Path = z
  .string()
  .max(200)
  .regex(/^[^.]+(\.[^.]+)*$/, 'a path such as kind or order.total');

const onValue = {
  eq: Value.optional(),
  ne: Value.optional(),
  in: z.array(Value).min(1).max(200).optional(),
  gt: z.number().optional(),
  gte: z.number().optional(),
  lt: z.number().optional(),
  lte: z.number().optional(),
  exists: z.boolean().optional(),
  is: z.string().max(200).optional(),
  contains: z.string().min(1).max(200).optional(),
  containsAny: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
  containsAll: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
  startsWith: z.string().min(1).max(200).optional(),
  withinNext: CalendarSpan.optional(),
  withinLast: CalendarSpan.optional(),
  olderThan: CalendarSpan.optional(),
  beyondNext: CalendarSpan.optional(),
};
const onNumber = { gt: onValue.gt, gte: onValue.gte, lt: onValue.lt, lte: onValue.lte };
const onDuration = {
  gt: Duration.optional(),
  gte: Duration.optional(),
  lt: Duration.optional(),
  lte: Duration.optional(),
};

const testsSomething = (operators: readonly string[]) => ({
  check: (condition: Record<string, unknown>) => operators.some((operator) => condition[operator] !== undefined),
  message: { error: `needs at least one of ${operators.join(', ')}` },
});
const values = testsSomething(Object.keys(onValue));
const bounds = testsSomething(Object.keys(onNumber));

/** A test of one field of the event's data. Several operators in one condition must all hold. */
const FieldCondition = z.strictObject({ field: Path, ...onValue }).refine(values.check, values.message);
/** A test of one attribute of the member, `status` among them (lead, member, left). */
const AttributeCondition = z.strictObject({ attribute: Path, ...onValue }).refine(values.check, values.message);
const Tag = z.string().trim().min(1).max(100);
/** Whether the member has a tag, or one of several; in capitals or not. */
const TagCondition = z.strictObject({ tag: z.union([Tag, z.array(Tag).min(1).max(50)]) });
/** A test of a score as it stands at the instant. */
const ScoreCondition = z.strictObject({ score: Name, ...onNumber }).refine(bounds.check, bounds.message);
/** Whether a combined grade is one of these, such as A1 or B2. */
const GradeCondition = z.strictObject({ grade: Name, in: z.array(z.string().max(2)).min(1).max(81) });
/** A test of the time passed since the last sign of life, since joining, or since leaving. */
const SinceCondition = z
  .strictObject({ since: z.enum(['activity', 'joining', 'leaving']), ...onDuration })
  .refine(bounds.check, bounds.message);

export type FieldCondition = z.infer<typeof FieldCondition>;
export type AttributeCondition = z.infer<typeof AttributeCondition>;
export type TagCondition = z.infer<typeof TagCondition>;
export type ScoreCondition = z.infer<typeof ScoreCondition>;
export type GradeCondition = z.infer<typeof GradeCondition>;
export type SinceCondition = z.infer<typeof SinceCondition>;

export type Combined<Leaf> = Leaf | { all: Combined<Leaf>[] } | { any: Combined<Leaf>[] } | { not: Combined<Leaf> };

const MAX_DEPTH = 10;

/** `leaf`, or `all`, `any`, `not` of such, to a depth of ten. */
const combined = <Leaf extends Record<string, unknown>>(
  leaf: (keys: ReadonlySet<string>) => z.ZodType<Leaf>,
): z.ZodType<Combined<Leaf>> => {
  // Made once each: a condition of a large model would make thousands otherwise.
  const levels = new Map<number, z.ZodType<Combined<Leaf>>>();
  const level = (depth: number): z.ZodType<Combined<Leaf>> => {
    const known = levels.get(depth) ?? newLevel(depth);
    levels.set(depth, known);
    return known;
  };
  const newLevel = (depth: number): z.ZodType<Combined<Leaf>> => {
    const group = groupAt(depth);
    return z.unknown().transform((input, context): Combined<Leaf> => {
      const keys = new Set(input !== null && typeof input === 'object' ? Object.keys(input) : []);
      const schema: z.ZodType<Combined<Leaf>> =
        keys.has('all') || keys.has('any') || keys.has('not')
          ? depth === MAX_DEPTH
            ? (z.never({ error: `nested more than ${MAX_DEPTH} deep` }) as z.ZodType<Combined<Leaf>>)
            : group(keys)
          : (leaf(keys) as z.ZodType<Combined<Leaf>>);
      const parsed = schema.safeParse(input);
      if (parsed.success) return parsed.data;
      for (const { path, message } of parsed.error.issues) {
        context.addIssue({ code: 'custom', path: [...path], message });
      }
      return z.NEVER;
    });
  };
  const groupAt = (depth: number) => {
    const below = z.lazy(() => level(depth + 1));
    const several = z.array(below).min(1).max(50);
    const [all, any, not] = [
      z.strictObject({ all: several }),
      z.strictObject({ any: several }),
      z.strictObject({ not: below }),
    ];
    return (keys: ReadonlySet<string>): z.ZodType<Combined<Leaf>> =>
      keys.has('all') ? all : keys.has('any') ? any : not;
  };
  return level(0);
};

const onCount = {
  eq: z.int().min(0).max(1000).optional(),
  gt: z.int().min(0).max(1000).optional(),
  gte: z.int().min(0).max(1000).optional(),
  lt: z.int().min(0).max(1000).optional(),
  lte: z.int().min(0).max(1000).optional(),
};
const counts = testsSomething(Object.keys(onCount));

/** A test of the data of one event alone. */
export const DataCondition = combined<FieldCondition>(() => FieldCondition);
export type DataCondition = Combined<FieldCondition>;

/** A test of how often something happened: within a time up to now, or ever. */
const CountCondition = z
  .strictObject({ count: EventType, where: DataCondition.optional(), within: Duration.optional(), ...onCount })
  .refine(counts.check, counts.message);
/** A test of the time passed since something happened last. Of what never happened, every bound fails. */
const LastCondition = z
  .strictObject({ last: EventType, where: DataCondition.optional(), ...onDuration })
  .refine(bounds.check, bounds.message);
/** Whether something happened in each of so many calendar periods just before the present one. */
const StreakCondition = z.strictObject({
  streak: EventType,
  where: DataCondition.optional(),
  periods: z.int().min(1).max(60),
  per: z.enum(calendarPeriods),
});
/** One thing that happens in a sequence: its type, or its type and what its data must look like. */
const Step = z.union([EventType, z.strictObject({ event: EventType, where: DataCondition.optional() })], {
  error: 'the type of an event, or { event, where }',
});
/**
 * A test of whether things happened one after the other, the last of them within a time after the first; with bounds,
 * of the time passed since they did so last.
 */
const SequenceCondition = z.strictObject({
  sequence: z.array(Step).min(2).max(5),
  within: Duration,
  ...onDuration,
});
/** Whether the event is the first of its kind that the member ever had. */
const FirstCondition = z.strictObject({ first: EventType, where: DataCondition.optional() });
/** Whether the event comes after something else, within a time if one is given. */
const AfterCondition = z.strictObject({
  after: EventType,
  where: DataCondition.optional(),
  within: Duration.optional(),
});
/** A test of the stage in another journey. */
const StageCondition = z.strictObject({ journey: Name, in: z.array(Name).min(1).max(30) });

export type CountCondition = z.infer<typeof CountCondition>;
export type LastCondition = z.infer<typeof LastCondition>;
export type StreakCondition = z.infer<typeof StreakCondition>;
export type SequenceCondition = z.infer<typeof SequenceCondition>;
export type FirstCondition = z.infer<typeof FirstCondition>;
export type AfterCondition = z.infer<typeof AfterCondition>;
export type StageCondition = z.infer<typeof StageCondition>;
export type HistoryCondition = CountCondition | LastCondition | StreakCondition | SequenceCondition;

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

/** Every leaf of a condition, with the path to it. */
export const leavesOf = <Leaf extends object>(
  condition: Combined<Leaf>,
  path: readonly PropertyKey[] = [],
): { readonly leaf: Leaf; readonly path: readonly PropertyKey[] }[] => {
  if ('all' in condition) return condition.all.flatMap((one, i) => leavesOf(one, [...path, 'all', i]));
  if ('any' in condition) return condition.any.flatMap((one, i) => leavesOf(one, [...path, 'any', i]));
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not']);
  return [{ leaf: condition, path }];
};
