import * as z from 'zod';
import { milliseconds } from '../kernel/duration.ts';
import { MemberCondition } from './condition.ts';
import { Duration, Name } from './data-condition.ts';

const months = /^(\d{1,3}) months?$/;

/** A message of a stage: on which occasion, for whom, and whether again. */
export const PlannedMessage = z
  .strictObject({
    on: z.enum(['entry', 'stay', 'exit']).default('entry'),
    after: Duration.optional().meta({ description: 'For `on: stay`: how long after entering the stage' }),
    message: Name,
    when: MemberCondition.optional().meta({ description: 'For whom; left out: for everybody' }),
    again: z
      .union([z.enum(['each time', 'never']), z.string().regex(months), Duration], {
        error: '"each time", "never", or a time such as "6 months" or "90 days"',
      })
      .default('each time')
      .meta({ description: 'Whether who has got it gets it again: each time, never, or after this time' }),
  })
  .refine(({ on, after }) => (on === 'stay') === (after !== undefined), {
    path: ['after'],
    error: 'belongs to `on: stay`, and is needed there',
  });
export type PlannedMessage = z.infer<typeof PlannedMessage>;

/** The same day so many months earlier, or the last of that month; by UTC. Instants in epoch ms. */
const monthsBefore = (instant: number, count: number): number => {
  const date = new Date(instant);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - count, 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - count + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), days) - 1) * 86_400_000 + (instant % 86_400_000);
};

/** Whether who got a message at an instant may get it again at another, by the rule; epoch ms. */
export const mayComeAgain = (again: string, last: number, now: number): boolean => {
  if (again === 'each time') return true;
  if (again === 'never') return false;
  const [, count] = months.exec(again) ?? [];
  return last <= (count === undefined ? now - milliseconds(again) : monthsBefore(now, Number(count)));
};
