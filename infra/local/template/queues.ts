import * as z from 'zod';
import type { StackView } from './stack-view.ts';

export type QueueBlueprint = {
  readonly name: string;
  readonly arn: string;
  /** As SQS takes them: all texts. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Those that change what a queue does on one machine; encryption and policies do not. */
const carriedOut = new Set([
  ...['VisibilityTimeout', 'DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod'],
  ...['ReceiveMessageWaitTimeSeconds', 'RedrivePolicy', 'FifoQueue', 'ContentBasedDeduplication'],
]);

const attributesIn = (properties: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => carriedOut.has(name))
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );

export const readQueues = ({ all, nameOf, arnOf }: StackView): QueueBlueprint[] =>
  all(z.record(z.string(), z.json()), 'AWS::SQS::Queue').map(([id, properties]) => ({
    name: nameOf(id),
    arn: arnOf(id),
    attributes: attributesIn(properties),
  }));
