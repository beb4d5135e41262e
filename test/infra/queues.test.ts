import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { resources } from '../support/template.ts';

const Queue = z.object({
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number(),
  SqsManagedSseEnabled: z.boolean().default(false),
  QueueName: z.string().optional(),
  RedriveAllowPolicy: z.object({ redrivePermission: z.string(), sourceQueueArns: z.array(z.string()) }).optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});
const Mapping = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  MaximumBatchingWindowInSeconds: z.number(),
  FunctionResponseTypes: z.array(z.string()),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }),
});
const QueuePolicy = z.object({
  Queues: z.array(z.string()),
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.string(), Action: z.string(), Condition: z.unknown() })),
  }),
});
const Timeout = z.object({ Timeout: z.number() });

const queues = resources('AWS::SQS::Queue', Queue);
const read = queues.filter(({ of }) => of.RedrivePolicy);
const last = queues.filter(({ of }) => !of.RedrivePolicy);
const mappings = resources('AWS::Lambda::EventSourceMapping', Mapping);
const timeouts = new Map(resources('AWS::Lambda::Function', Timeout).map(({ id, of }) => [id, of.Timeout]));
const mappingOf = (queue: string) => mappings.filter(({ of }) => of.EventSourceArn === `${queue}.Arn`);

describe('every queue', () => {
  it.each(queues)('is encrypted: $id', ({ of }) => expect(of.SqsManagedSseEnabled).toBe(true));

  it.each(queues)('refuses whoever does not use TLS: $id', ({ id }) => {
    const statements = resources('AWS::SQS::QueuePolicy', QueuePolicy)
      .filter(({ of }) => of.Queues.includes(id))
      .flatMap(({ of }) => of.PolicyDocument.Statement);
    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });
});

describe('every queue that is read', () => {
  it('is one of activity, effects and feedback', () => expect(read).toHaveLength(3));

  it.each(read)('gives a message up only after at least five tries: $id', ({ of }) =>
    expect(of.RedrivePolicy?.maxReceiveCount).toBeGreaterThanOrEqual(5),
  );

  it.each(read)('leaves what it gives up where it outlives the queue: $id', ({ of }) => {
    const failed = last.find(({ id }) => of.RedrivePolicy?.deadLetterTargetArn === `${id}.Arn`);
    expect(failed?.of.MessageRetentionPeriod).toBe(14 * 86_400);
    expect(of.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });

  it.each(read)('alone may leave messages there, and have them back: $id', ({ of }) => {
    const failed = last.find(({ id }) => of.RedrivePolicy?.deadLetterTargetArn === `${id}.Arn`);
    const sources = failed?.of.RedriveAllowPolicy?.sourceQueueArns ?? [];
    expect(failed?.of.RedriveAllowPolicy?.redrivePermission).toBe('byQueue');
    expect(sources.map((arn) => arn.split(':').at(-1))).toEqual([of.QueueName]);
  });

  it.each(read)('has one reader, which reports failures message by message: $id', ({ id }) =>
    expect(mappingOf(id).map(({ of }) => of.FunctionResponseTypes)).toEqual([['ReportBatchItemFailures']]),
  );

  it.each(read)('hides a message for six times its reader’s time-out and the gathering: $id', ({ id, of }) => {
    const [mapping] = mappingOf(id);
    const timeout = timeouts.get(mapping?.of.FunctionName ?? '') ?? Number.NaN;
    expect(of.VisibilityTimeout).toBe(6 * timeout + (mapping?.of.MaximumBatchingWindowInSeconds ?? Number.NaN));
  });

  it.each(mappings)('is worked off by a bounded number at once: $id', ({ of }) =>
    expect(of.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(10),
  );
});

it('gathers a hundred events before they are scored, for a second at most', () => {
  const [activity] = mappings.filter(({ of }) => of.BatchSize > 10);
  expect(activity?.of).toMatchObject({ BatchSize: 100, MaximumBatchingWindowInSeconds: 1 });
});
