import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resources } from '../support/template.ts';

const Schedule = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().optional(),
  Target: z.object({ Arn: z.string(), Input: z.string().optional(), DeadLetterConfig: z.object({ Arn: z.string() }) }),
});
const AsyncCalls = z.object({
  FunctionName: z.string(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }),
});

const schedules = resources('AWS::Scheduler::Schedule', Schedule).map(({ of }) => of);
const asyncCalls = resources('AWS::Lambda::EventInvokeConfig', AsyncCalls).map(({ of }) => of);
const scheduled = (name: string) => schedules.find(({ Target }) => Target.Arn.startsWith(name));

describe('the clock', () => {
  it('sweeps every five minutes', () => expect(scheduled('Sweep')?.ScheduleExpression).toBe('rate(5 minutes)'));

  it('has the digest made at seven on Mondays, in the organisation’s own time', () =>
    expect(scheduled('Digest')).toMatchObject({
      ScheduleExpression: 'cron(0 7 ? * MON *)',
      ScheduleExpressionTimezone: 'Europe/Oslo',
    }));

  it('tells the digest when it was due, so that a repeated run is the same digest', () =>
    expect(scheduled('Digest')?.Target.Input).toBe('{"scheduledAt":"<aws.scheduler.scheduled-time>"}'));

  it.each(schedules)('keeps a call that did not get through: $ScheduleExpression', ({ Target }) => {
    const failed = asyncCalls.find(({ FunctionName }) => Target.Arn === `${FunctionName}.Arn`);
    expect(failed?.DestinationConfig.OnFailure.Destination).toBe(Target.DeadLetterConfig.Arn);
  });
});
