import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { chunks } from '../kernel/chunks.ts';

export type Queue = {
  readonly client: SQSClient;
  readonly url: string;
  /** Waits before the how-manieth further attempt. */
  readonly pause: (attempt: number) => Promise<void>;
};

/** SQS takes ten messages and 1 MiB to a request. */
const PER_REQUEST = 10;
const BYTES_PER_REQUEST = 1_048_576;
const ATTEMPTS = 4;

/** JSON text with nothing in it that SQS refuses. `JSON.stringify` has escaped lone surrogates and control characters. */
export const queueText = (message: object): string =>
  JSON.stringify(message).replace(/[\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);

type Entry = { readonly index: number; readonly body: string; readonly bytes: number; readonly delay: number };

/** Parts of at most ten entries and 1 MiB. */
const parts = (entries: readonly Entry[]): Entry[][] =>
  chunks(entries, PER_REQUEST).flatMap((ten) => {
    const split: Entry[][] = [[]];
    let bytes = 0;
    for (const entry of ten) {
      if (bytes + entry.bytes > BYTES_PER_REQUEST) {
        split.push([]);
        bytes = 0;
      }
      split.at(-1)?.push(entry);
      bytes += entry.bytes;
    }
    return split;
  });

/**
 * Sends messages, ten to a request, and tries those again that SQS did not take. An answer lost means a message sent
 * twice: whoever reads the queue must bear that.
 * @param delayOf after how many seconds the message of this index may be read, up to 900
 * @returns for each message in order whether SQS has it for certain
 */
export const sendBatch = async (
  { client, url, pause }: Queue,
  messages: readonly object[],
  delayOf: (index: number) => number = () => 0,
): Promise<boolean[]> => {
  const sent = messages.map(() => false);
  let open = messages.map((message, index): Entry => {
    const body = queueText(message);
    return { index, body, bytes: Buffer.byteLength(body), delay: delayOf(index) };
  });
  for (let attempt = 0; attempt < ATTEMPTS && open.length > 0; attempt++) {
    if (attempt > 0) await pause(attempt);
    await Promise.all(
      parts(open).map(async (part) => {
        for (const index of await sendPart(client, url, part)) sent[index] = true;
      }),
    );
    open = open.filter(({ index }) => !sent[index]);
  }
  return sent;
};

const sendPart = async (client: SQSClient, url: string, part: readonly Entry[]): Promise<number[]> => {
  const Entries = part.map(({ index, body, delay }) => ({
    Id: String(index),
    MessageBody: body,
    ...(delay > 0 ? { DelaySeconds: delay } : {}),
  }));
  try {
    const { Successful } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    return (Successful ?? []).map(({ Id }) => Number(Id));
  } catch {
    return [];
  }
};
