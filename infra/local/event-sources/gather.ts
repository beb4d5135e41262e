import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export type Gathering = {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly batchSize: number;
  /** How long to wait for more once there is one, in ms. */
  readonly window: () => number;
  readonly signal: AbortSignal;
  /** Called as soon as the batch is no longer empty. */
  readonly begun: () => void;
};

const LONG_POLL = 20;

/** One batch: waits for a first message, then for more until the batch is full or the window is over. May be empty. */
export const gather = async ({
  client,
  queueUrl,
  batchSize,
  window,
  signal,
  begun,
}: Gathering): Promise<readonly Message[]> => {
  const receive = async (most: number, wait: number): Promise<readonly Message[]> => {
    const ask = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(10, most),
      WaitTimeSeconds: wait,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return (await client.send(ask, { abortSignal: signal })).Messages ?? [];
  };

  const batch = [...(await receive(batchSize, LONG_POLL))];
  if (batch.length > 0) begun();
  const since = performance.now();
  while (batch.length > 0 && batch.length < batchSize) {
    const left = window() - (performance.now() - since);
    const more = await receive(batchSize - batch.length, left >= 1000 ? 1 : 0);
    batch.push(...more);
    if (more.length === 0 && left < 1000) break;
  }
  return batch;
};
