import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { SqsQueue } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.d.ts';
import { ACCOUNT, clientOf, lastPart } from '../template/place.ts';
import { keptQueues } from './kept-queues.ts';
import { redrive, StartMessageMoveTask } from './redrive.ts';

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
const ListTasks = z.object({ SourceArn: z.string() });

const targetOf = ({ attributes }: SqsQueue): string | undefined =>
  attributes.RedrivePolicy ? Redrive.parse(JSON.parse(attributes.RedrivePolicy)).deadLetterTargetArn : undefined;

const count = (queue: SqsQueue, name: Parameters<SqsQueue['getAttribute']>[0]): number =>
  Number(queue.getAttribute(name) ?? 0);

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

  app.addHook('preHandler', async (request, reply) => {
    const type = 'application/x-amz-json-1.0';
    const target = request.headers['x-amz-target'];
    if (target === 'AmazonSQS.ListMessageMoveTasks') {
      return reply.type(type).send({ Results: moves.list(ListTasks.parse(request.body).SourceArn) });
    }
    if (target !== 'AmazonSQS.StartMessageMoveTask') return;
    const TaskHandle = moves.start(StartMessageMoveTask.parse(request.body));
    if (TaskHandle !== undefined) return reply.type(type).send({ TaskHandle });
    const message = 'Source queue must be configured as a Dead Letter Queue.';
    return reply.code(400).type(type).send({ __type: 'com.amazonaws.sqs#InvalidParameterValue', message });
  });

  endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  client = new SQSClient({ ...clientOf(endpoint), maxAttempts: 3 });

  const hasten = () => {
    for (const queue of queues()) {
      for (const entry of queue.inflightMessages.values()) entry.visibilityDeadline = 0;
      for (const message of queue.delayedMessages) message.delayUntil = 0;
      queue.processTimers();
    }
  };
  // Nobody who received a message before the start is there to finish it.
  hasten();

  return {
    endpoint,
    client,
    urlOf,
    hasten,
    depths: () => {
      const targets = new Set(queues().map(targetOf));
      return queues().map((queue) => ({
        name: queue.name,
        url: urlOf(queue.name),
        visible: count(queue, 'ApproximateNumberOfMessages'),
        inFlight: count(queue, 'ApproximateNumberOfMessagesNotVisible'),
        delayed: count(queue, 'ApproximateNumberOfMessagesDelayed'),
        deadLetters: targets.has(queue.arn),
      }));
    },
    close: async () => {
      client?.destroy();
      await app.close();
    },
  };
};
