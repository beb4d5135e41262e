import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resources } from '../support/template.ts';

const Alarm = z.object({
  MetricName: z.string(),
  Namespace: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Threshold: z.number(),
  ComparisonOperator: z.string(),
  AlarmDescription: z.string(),
  AlarmActions: z.array(z.string()),
  TreatMissingData: z.string(),
});
const Queue = z.object({ RedrivePolicy: z.unknown().optional() });
const Subscription = z.object({ TopicArn: z.string(), Protocol: z.string() });

const alarms = resources('AWS::CloudWatch::Alarm', Alarm).map(({ of }) => of);
const on = (metric: string, subject: string) =>
  alarms.filter(({ MetricName, Dimensions }) => MetricName === metric && Dimensions.some((d) => d.Value === subject));

const functions = resources('AWS::Lambda::Function', z.unknown());
const queues = resources('AWS::SQS::Queue', Queue);
const isRead = ({ of }: (typeof queues)[number]) => of.RedrivePolicy !== undefined;

describe('someone is told', () => {
  it.each(functions)('when a function fails, or is held back: $id', ({ id }) => {
    expect(on('Errors', id)).toHaveLength(1);
    expect(on('Throttles', id)).toHaveLength(1);
  });

  it.each(queues.filter((queue) => !isRead(queue)))('of the first message that is given up: $id', ({ id }) =>
    expect(on('ApproximateNumberOfMessagesVisible', `${id}.QueueName`).map(({ Threshold }) => Threshold)).toEqual([0]),
  );

  it.each(queues.filter(isRead))('when messages wait for long: $id', ({ id }) =>
    expect(on('ApproximateAgeOfOldestMessage', `${id}.QueueName`)).toHaveLength(1),
  );

  it('of mails that nobody knows left, or not', () =>
    expect(on('MailsUnknown', 'deliver').map(({ Threshold }) => Threshold)).toEqual([0]));

  it.each(['score', 'feedback'])('of input that nothing could read: %s', (service) =>
    expect(on('Quarantined', service).map(({ Threshold }) => Threshold)).toEqual([0]),
  );

  it('before Amazon reviews the sender, at 5 % bounces or 0.1 % complaints: from 4 % and 0.08 % on', () => {
    const rates = alarms.filter(({ Namespace }) => Namespace === 'AWS/SES');
    expect(Object.fromEntries(rates.map(({ MetricName, Threshold }) => [MetricName, Threshold]))).toEqual({
      'Reputation.BounceRate': 0.04,
      'Reputation.ComplaintRate': 0.0008,
    });
    expect(new Set(rates.map(({ ComparisonOperator }) => ComparisonOperator))).toEqual(
      new Set(['GreaterThanOrEqualToThreshold']),
    );
  });

  it('by mail, whatever the alarm', () => {
    const topics = resources('AWS::SNS::Subscription', Subscription).filter(({ of }) => of.Protocol === 'email');
    const heard = topics.map(({ of }) => of.TopicArn);
    expect(alarms.filter(({ AlarmActions }) => !AlarmActions.some((action) => heard.includes(action)))).toEqual([]);
  });

  it('what it costs a person', () =>
    expect(alarms.filter(({ AlarmDescription }) => !/\. \p{Lu}|Amazon/u.test(AlarmDescription))).toEqual([]));

  it('of nothing when nothing happens', () =>
    expect(alarms.filter(({ TreatMissingData }) => TreatMissingData !== 'notBreaching')).toEqual([]));
});
