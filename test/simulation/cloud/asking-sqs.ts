import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/** An SQS with a queue `inbox` in it, which gives up what it received six times, to a queue `failed`. */
export type OpenQueues = {
  readonly client: SQSClient;
  readonly urlOf: (name: string) => string;
  /** Lets every delay and every time-out end. */
  readonly pass: () => void;
};

const QUEUE = 'inbox';
export const FAILED = 'failed';
export const RECEIVES = 6;

export const refusalOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => error,
  );

export const asking = ({ client, urlOf, pass }: OpenQueues, name = QUEUE) => {
  const QueueUrl = urlOf(name);
  return {
    pass,
    send: (MessageBody: string, rest: { DelaySeconds?: number } = {}) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...rest })),
    sendAll: (bodies: readonly string[], id = (i: number) => `m${i}`) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: bodies.map((MessageBody, i) => ({ Id: id(i), MessageBody })),
        }),
      ),
    receive: async (MaxNumberOfMessages = 10): Promise<Message[]> => {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        MessageSystemAttributeNames: ['All'],
      });
      return (await client.send(command)).Messages ?? [];
    },
    remove: (message: Message | undefined) =>
      client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle })),
    hideFor: (message: Message | undefined, VisibilityTimeout: number) =>
      client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
      ),
  };
};

export const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body).toSorted();
export const receives = (messages: readonly Message[]) =>
  messages.map(({ Attributes }) => Attributes?.ApproximateReceiveCount);
