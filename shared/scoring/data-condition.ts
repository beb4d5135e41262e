import * as z from 'zod';
import { isCalendarSpan } from '../kernel/calendar-span.ts';
import { DURATION_FORM, isDuration } from '../kernel/duration.ts';
import { type Combined, combined } from './combined.ts';

/** What a duration looks like, for editors and for whoever writes models by program. */
export const durationForm = { pattern: DURATION_FORM, examples: ['90 days', '12 hours'] };

export const Duration = z
  .string()
  .refine(isDuration, 'a duration such as "90 days", "2 weeks" or "12 hours"')
  .meta(durationForm);
export type Duration = z.infer<typeof Duration>;

/** What is kept of a member lies under such names, and this one every object has by nature. */
const TAKEN = 'constructor';

export const Name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens, 40 at most, a letter first')
  .refine((name) => name !== TAKEN, `any other name than "${TAKEN}", which Polku cannot keep apart from its own`);

/** How far a date lies away, by the calendar. */
export const CalendarSpan = z
  .string()
  .refine(isCalendarSpan, 'a length such as "30 days", "2 weeks", "6 months" or "18 years"');

const Value = z.union([z.string().max(200), z.number(), z.boolean()], {
  error: 'a text of 200 letters at most, a number, true or false',
});
export const Path = z
  .string()
  .max(200)
  .regex(/^[^.]+(\.[^.]+)*$/, 'a path such as kind or order.total');

export const onValue = {
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
export const onNumber = { gt: onValue.gt, gte: onValue.gte, lt: onValue.lt, lte: onValue.lte };
export const onDuration = {
  gt: Duration.optional(),
  gte: Duration.optional(),
  lt: Duration.optional(),
  lte: Duration.optional(),
};

export const testsSomething = (operators: readonly string[]) => ({
  check: (condition: Record<string, unknown>) => operators.some((operator) => condition[operator] !== undefined),
  message: { error: `needs at least one of ${operators.join(', ')}` },
});
export const values = testsSomething(Object.keys(onValue));
export const bounds = testsSomething(Object.keys(onNumber));

/** A test of one field of the event's data. Several operators in one condition must all hold. */
export const FieldCondition = z.strictObject({ field: Path, ...onValue }).refine(values.check, values.message);
export type FieldCondition = z.infer<typeof FieldCondition>;

/** A test of the data of one event alone. */
export const DataCondition = combined<FieldCondition>(() => FieldCondition);
export type DataCondition = Combined<FieldCondition>;
