import type {
  DeleteMessageBatchCommandInput,
  DeleteMessageBatchCommandOutput,
  Message,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
  SendMessageBatchCommandInput,
  SendMessageBatchCommandOutput,
  SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { knowing } from './misuse.ts';
import type { Queue, ReceivedMessage } from './queue.ts';
import { sqsErrors } from './sqs-errors.ts';

const MOST_ENTRIES = 10;
/** Bytes of a message, and of all in a request. */
const MOST_BYTES = 1_048_576;
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const inMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000);

const sendKnows = new Set<keyof SendMessageCommandInput>(['QueueUrl', 'MessageBody', 'DelaySeconds']);

export const sendMessage = (queue: Queue, input: SendMessageCommandInput): object => {
  knowing(sendKnows, input);
  const body = input.MessageBody ?? '';
  if (body === '') throw sqsErrors.missing('The request must contain the parameter MessageBody');
  if (FORBIDDEN.test(body)) throw sqsErrors.invalidContents();
  if (Buffer.byteLength(body) > MOST_BYTES) throw sqsErrors.invalid('The message is too long');
  return { MessageId: queue.send(body, inMs(input.DelaySeconds)) };
};

const needDistinct = (entries: readonly { readonly Id: string | undefined }[]): void => {
  if (entries.length === 0) throw sqsErrors.emptyBatch();
  if (entries.length > MOST_ENTRIES) throw sqsErrors.tooManyEntries();
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw sqsErrors.idsNotDistinct();
};

const batchKnows = new Set<keyof SendMessageBatchCommandInput>(['QueueUrl', 'Entries']);
const entryKnows = new Set(['Id', 'MessageBody', 'DelaySeconds']);

export const sendMessageBatch = (
  queue: Queue,
  input: SendMessageBatchCommandInput,
): Required<Pick<SendMessageBatchCommandOutput, 'Successful' | 'Failed'>> => {
  knowing(batchKnows, input);
  const { Entries = [] } = input;
  needDistinct(Entries);
  for (const entry of Entries) knowing(entryKnows, entry);
  const bytes = Entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
  if (bytes > MOST_BYTES) throw sqsErrors.batchTooLong();
  const isFit = ({ MessageBody = '' }: (typeof Entries)[number]) => !FORBIDDEN.test(MessageBody);
  return {
    Successful: Entries.filter(isFit).map(({ Id, MessageBody = '', DelaySeconds }) => ({
      Id,
      MessageId: queue.send(MessageBody, inMs(DelaySeconds)),
      MD5OfMessageBody: undefined,
    })),
    Failed: Entries.filter((entry) => !isFit(entry)).map(({ Id }) => ({
      Id,
      SenderFault: true,
      Code: 'InvalidMessageContents',
    })),
  };
};

const receiveKnows = new Set<keyof ReceiveMessageCommandInput>([
  ...(['QueueUrl', 'MaxNumberOfMessages', 'VisibilityTimeout'] as const),
  ...(['WaitTimeSeconds', 'MessageSystemAttributeNames'] as const),
]);

const messageOf = ({ id, receipt, body, sentAt, receives, firstReceivedAt }: ReceivedMessage): Message => ({
  MessageId: id,
  ReceiptHandle: receipt,
  Body: body,
  Attributes: {
    SentTimestamp: String(sentAt),
    ApproximateReceiveCount: String(receives),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
  },
});

/** Answers at once, however long it was to wait. */
export const receiveMessage = (
  queue: Queue,
  input: ReceiveMessageCommandInput,
): Omit<ReceiveMessageCommandOutput, '$metadata'> => {
  knowing(receiveKnows, input);
  const { MaxNumberOfMessages = 1, VisibilityTimeout } = input;
  if (MaxNumberOfMessages < 1 || MaxNumberOfMessages > MOST_ENTRIES) {
    throw sqsErrors.invalid('MaxNumberOfMessages must be between 1 and 10');
  }
  const received = queue.receive(MaxNumberOfMessages, inMs(VisibilityTimeout));
  return received.length === 0 ? {} : { Messages: received.map(messageOf) };
};

export const deleteMessageBatch = (
  queue: Queue,
  { Entries = [] }: DeleteMessageBatchCommandInput,
): Omit<DeleteMessageBatchCommandOutput, '$metadata'> => {
  needDistinct(Entries);
  for (const { ReceiptHandle } of Entries) queue.delete(ReceiptHandle ?? '');
  return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
};
