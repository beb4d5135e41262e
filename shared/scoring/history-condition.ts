import * as z from 'zod';
import { EventType } from '../../events/envelope.ts';
import { calendarPeriods } from '../kernel/calendar-period.ts';
import { bounds, DataCondition, Duration, onDuration, testsSomething } from './data-condition.ts';

const onCount = {
  eq: z.int().min(0).max(1000).optional(),
  gt: z.int().min(0).max(1000).optional(),
  gte: z.int().min(0).max(1000).optional(),
  lt: z.int().min(0).max(1000).optional(),
  lte: z.int().min(0).max(1000).optional(),
};
const counts = testsSomething(Object.keys(onCount));

/** A test of how often something happened: within a time up to now, or ever. */
export const CountCondition = z
  .strictObject({ count: EventType, where: DataCondition.optional(), within: Duration.optional(), ...onCount })
  .refine(counts.check, counts.message);
/** A test of the time passed since something happened last. Of what never happened, every bound fails. */
export const LastCondition = z
  .strictObject({ last: EventType, where: DataCondition.optional(), ...onDuration })
  .refine(bounds.check, bounds.message);
/** Whether something happened in each of so many calendar periods just before the present one. */
export const StreakCondition = z.strictObject({
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
export const SequenceCondition = z.strictObject({
  sequence: z.array(Step).min(2).max(5),
  within: Duration,
  ...onDuration,
});
/** Whether the event is the first of its kind that the member ever had. */
export const FirstCondition = z.strictObject({ first: EventType, where: DataCondition.optional() });
/** Whether the event comes after something else, within a time if one is given. */
export const AfterCondition = z.strictObject({
  after: EventType,
  where: DataCondition.optional(),
  within: Duration.optional(),
});

export type CountCondition = z.infer<typeof CountCondition>;
export type LastCondition = z.infer<typeof LastCondition>;
export type StreakCondition = z.infer<typeof StreakCondition>;
export type SequenceCondition = z.infer<typeof SequenceCondition>;
export type FirstCondition = z.infer<typeof FirstCondition>;
export type AfterCondition = z.infer<typeof AfterCondition>;
export type HistoryCondition = CountCondition | LastCondition | StreakCondition | SequenceCondition;
