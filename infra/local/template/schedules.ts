import * as z from 'zod';
import { functionIn } from './place.ts';
import type { StackView } from './stack-view.ts';

const Schedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.object({ Arn: z.string(), Input: z.string().default('{}') }),
});

export type ScheduleBlueprint = {
  readonly name: string;
  /** `rate(5 minutes)` or `cron(0 7 ? * MON *)` */
  readonly expression: string;
  /** IANA name. */
  readonly zone: string;
  /** The function's name. */
  readonly function: string;
  /** JSON, with placeholders such as `<aws.scheduler.scheduled-time>`. */
  readonly input: string;
};

export const readSchedules = ({ all }: StackView): ScheduleBlueprint[] =>
  all(Schedule, 'AWS::Scheduler::Schedule').flatMap(([id, schedule]) =>
    schedule.State === 'DISABLED'
      ? []
      : {
          name: id,
          expression: schedule.ScheduleExpression,
          zone: schedule.ScheduleExpressionTimezone,
          function: functionIn(schedule.Target.Arn),
          input: schedule.Target.Input,
        },
  );
