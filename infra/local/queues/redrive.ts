import { randomUUID } from 'node:crypto';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';

export const StartMessageMoveTask = z.object({ SourceArn: z.string(), DestinationArn: z.string().optional() });

type MoveTask = {
  readonly TaskHandle: string;
  readonly SourceArn: string;
  moved: number;
  Status: 'RUNNING' | 'COMPLETED' | 'FAILED';
};

const entriesOf = (messages: readonly Message[]) =>
  messages.map(({ Body, MessageAttributes }, i) => ({
    Id: String(i),
    MessageBody: Body ?? '',
    ...(MessageAttributes ? { MessageAttributes } : {}),
  }));

/** Moves every message of one queue to another, ten at a time: sent first, then deleted, so that none is lost. */
const moveAll = async (client: SQSClient, from: string, to: string, task: MoveTask): Promise<void> => {
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: from, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return;
    const { Successful = [] } = await client.send(
      new SendMessageBatchCommand({ QueueUrl: to, Entries: entriesOf(Messages) }),
    );
    const moved = Messages.filter((_, i) => Successful.some(({ Id }) => Id === String(i)));
    if (moved.length === 0) throw new Error('The queue takes no message back');
    const Entries = moved.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: from, Entries }));
    task.moved += moved.length;
  }
};

/** Redrive of dead letters, which fauxqs lacks. `sourceOf` names the queue that a dead-letter queue belongs to. */
export const redrive = (
  client: () => SQSClient,
  urlOf: (arn: string) => string,
  sourceOf: (arn: string) => string | undefined,
) => {
  const tasks: MoveTask[] = [];
  return {
    /** The task's handle; undefined where the queue is nobody's dead-letter queue. */
    start: ({ SourceArn, DestinationArn }: z.infer<typeof StartMessageMoveTask>): string | undefined => {
      const to = DestinationArn ?? sourceOf(SourceArn);
      if (to === undefined) return undefined;
      const task: MoveTask = { TaskHandle: randomUUID(), SourceArn, moved: 0, Status: 'RUNNING' };
      tasks.unshift(task);
      moveAll(client(), urlOf(SourceArn), urlOf(to), task).then(
        () => {
          task.Status = 'COMPLETED';
        },
        () => {
          task.Status = 'FAILED';
        },
      );
      return task.TaskHandle;
    },
    list: (SourceArn: string) =>
      tasks
        .filter((task) => task.SourceArn === SourceArn)
        .map(({ moved, ...task }) => ({ ...task, ApproximateNumberOfMessagesMoved: moved })),
  };
};
export type Redrive = ReturnType<typeof redrive>;
