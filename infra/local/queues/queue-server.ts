import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { SqsQueue } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.d.ts';
import { ACCOUNT, clientOf, lastPart } from '../template/place.ts';
import { keptQueues } from './kept-queues.ts';
import { offerRedrive } from './offer-redrive.ts';
import { redrive } from './redrive.ts';

export type QueueDepth = {
  readonly name: string;
  readonly url: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Whether it is where another queue leaves what it gave up. */
  readonly deadLetters: boolean;
};

export type QueueServer = {
  readonly endpoint: string;
  readonly client: SQSClient;
  readonly urlOf: (name: string) => string;
  readonly depths: () => readonly QueueDepth[];
  /** Lets every delay and visibility time-out end at once. */
  readonly hasten: () => void;
  readonly close: () => Promise<void>;
};

const Redrive = z.object({ deadLetterTargetArn: z.string() });

const targetOf = ({ attributes }: SqsQueue): string | undefined =>
  attributes.RedrivePolicy ? Redrive.parse(JSON.parse(attributes.RedrivePolicy)).deadLetterTargetArn : undefined;

const count = (queue: SqsQueue, name: Parameters<SqsQueue['getAttribute']>[0]): number =>
  Number(queue.getAttribute(name) ?? 0);

const depthsOf = (queues: readonly SqsQueue[], urlOf: QueueServer['urlOf']): readonly QueueDepth[] => {
  const targets = new Set(queues.map(targetOf));
  return queues.map((queue) => ({
    name: queue.name,
    url: urlOf(queue.name),
    visible: count(queue, 'ApproximateNumberOfMessages'),
    inFlight: count(queue, 'ApproximateNumberOfMessagesNotVisible'),
    delayed: count(queue, 'ApproximateNumberOfMessagesDelayed'),
    deadLetters: targets.has(queue.arn),
  }));
};

const endWaits = (queues: readonly SqsQueue[]): void => {
  for (const queue of queues) {
    for (const entry of queue.inflightMessages.values()) entry.visibilityDeadline = 0;
    for (const message of queue.delayedMessages) message.delayUntil = 0;
    queue.processTimers();
  }
};

/** An SQS on a free port of loopback that keeps its messages in a folder. Throws Trouble. */
export const startQueues = async (folder: string): Promise<QueueServer> => {
  const { app, queues } = await keptQueues(folder);
  let client: SQSClient | undefined;
  const clientNow = (): SQSClient => {
    if (!client) throw new Error('The queues do not listen yet');
    return client;
  };
  let endpoint = '';
  const urlOf = (name: string) => `${endpoint}/${ACCOUNT}/${name}`;
  const moves = redrive(
    clientNow,
    (arn) => urlOf(lastPart(arn)),
    (arn) => queues().find((queue) => targetOf(queue) === arn)?.arn,
  );

  offerRedrive(app, moves);
  endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  client = new SQSClient({ ...clientOf(endpoint), maxAttempts: 3 });

  // Nobody who received a message before the start is there to finish it.
  endWaits(queues());

  return {
    endpoint,
    client,
    urlOf,
    hasten: () => endWaits(queues()),
    depths: () => depthsOf(queues(), urlOf),
    close: async () => {
      client?.destroy();
      await app.close();
    },
  };
};
