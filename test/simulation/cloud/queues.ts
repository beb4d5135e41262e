import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { ACCOUNT, lastPart } from '../../../infra/local/template/place.ts';
import type { QueueBlueprint } from '../../../infra/local/template/queues.ts';
import { unreachable } from '../../../shared/kernel/unreachable.ts';
import { passingFor, type Through } from './calls.ts';
import { memoryQueue, type Queue, type QueuedMessage, type QueueSettings } from './queue.ts';
import { type SqsCall, sqsCall } from './sqs-calls.ts';
import { sqsErrors } from './sqs-errors.ts';
import { deleteMessageBatch, receiveMessage, sendMessage, sendMessageBatch } from './sqs-operations.ts';

const Redrive = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() });

const settingsOf = ({ name, attributes }: QueueBlueprint): QueueSettings => {
  const { VisibilityTimeout = '30', DelaySeconds = '0', RedrivePolicy } = attributes;
  const policy = RedrivePolicy === undefined ? undefined : Redrive.parse(JSON.parse(RedrivePolicy));
  return {
    name,
    visibility: Number(VisibilityTimeout) * 1000,
    delay: Number(DelaySeconds) * 1000,
    deadLetters: policy && { queue: lastPart(policy.deadLetterTargetArn), after: policy.maxReceiveCount },
  };
};

/** Where a queue of this name is found. */
export const queueUrl = (name: string): string => `https://sqs.invalid/${ACCOUNT}/${name}`;

/** SQS in memory, as far as Polku uses it. `now` in epoch ms. Nothing in it ever grows too old. */
export const memoryQueues = (definitions: readonly QueueBlueprint[], now: () => number) => {
  const queues = new Map<string, Queue>();
  const misuse: unknown[] = [];
  let ids = 0;
  const newId = (kind: string) => `${kind}-${++ids}`;
  /** By its name or its address. */
  const queue = (name: string | undefined): Queue => {
    const found = queues.get(lastPart(name ?? ''));
    if (!found) throw sqsErrors.noSuchQueue();
    return found;
  };
  const giveUp = (name: string, message: QueuedMessage) => queue(name).keep({ ...message, visibleAt: now() });
  for (const one of definitions) queues.set(one.name, memoryQueue(settingsOf(one), { now, newId, giveUp }));

  const run = (call: SqsCall): object => {
    const to = queue(call.input.QueueUrl);
    switch (call.name) {
      case 'SendMessage':
        return sendMessage(to, call.input);
      case 'SendMessageBatch':
        return sendMessageBatch(to, call.input);
      case 'ReceiveMessage':
        return receiveMessage(to, call.input);
      case 'DeleteMessage':
        to.delete(call.input.ReceiptHandle ?? '');
        return {};
      case 'DeleteMessageBatch':
        return deleteMessageBatch(to, call.input);
      case 'ChangeMessageVisibility': {
        const { ReceiptHandle = '', VisibilityTimeout = 0 } = call.input;
        if (!to.changeVisibility(ReceiptHandle, VisibilityTimeout * 1000)) throw sqsErrors.notInFlight();
        return {};
      }
      default:
        return unreachable(call);
    }
  };

  return {
    run,
    callOf: sqsCall,
    queue,
    all: (): readonly Queue[] => [...queues.values()],
    /** Sends what was given up in a queue once more, as new messages. @returns how many */
    redrive: (name: string): number => {
      const from = queue(name).settings.deadLetters?.queue;
      const given = from === undefined ? [] : queue(from).drain();
      for (const { body } of given) queue(name).send(body, 0);
      return given.length;
    },
    /** What was asked that is not modelled; must be empty in the end. */
    misuse,
  };
};
export type Queues = ReturnType<typeof memoryQueues>;

/** The client of one instance of a function. Many may share the queues. */
export const sqsClient = (queues: Queues, through: Through<SqsCall>): SQSClient =>
  passingFor(SQSClient.prototype, queues, through);
