import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { queueText, sendBatch } from '../../shared/aws/send-batch.ts';

const queue = (refuses: (request: number, id: string) => boolean) => {
  const client = new SQSClient({ region: 'eu-north-1' });
  const requests: string[][] = [];
  mockClient(client)
    .on(SendMessageBatchCommand)
    .callsFake(({ Entries = [] }: SendMessageBatchCommand['input']) => {
      const ids = Entries.map(({ Id }) => Id ?? '');
      const request = requests.push(ids);
      return {
        Successful: ids.filter((id) => !refuses(request, id)).map((Id) => ({ Id })),
        Failed: ids.filter((id) => refuses(request, id)).map((Id) => ({ Id })),
      };
    });
  const send = (messages: object[]) => sendBatch({ client, url: 'http://queue', pause: async () => {} }, messages);
  return { send, requests };
};
const messages = (count: number, size = 10) =>
  Array.from({ length: count }, (_, n) => ({ n, filler: 'x'.repeat(size) }));

describe('a batch of messages', () => {
  it('goes ten to a request', async () => {
    const { send, requests } = queue(() => false);
    expect(await send(messages(23))).toEqual(Array(23).fill(true));
    expect(requests.map((ids) => ids.length)).toEqual([10, 10, 3]);
  });

  it('stays within the MiB that a request may hold', async () => {
    const { send, requests } = queue(() => false);
    await send(messages(10, 250_000));
    expect(requests.map((ids) => ids.length)).toEqual([4, 4, 2]);
  });

  it('is sent again for what the queue did not take, and that alone', async () => {
    const { send, requests } = queue((request, id) => request === 1 && id === '2');
    expect(await send(messages(4))).toEqual([true, true, true, true]);
    expect(requests).toEqual([['0', '1', '2', '3'], ['2']]);
  });

  it('can be read bit by bit, each message after its own delay', async () => {
    const client = new SQSClient({ region: 'eu-north-1' });
    const delays: unknown[] = [];
    mockClient(client)
      .on(SendMessageBatchCommand)
      .callsFake(({ Entries = [] }: SendMessageBatchCommand['input']) => {
        delays.push(...Entries.map(({ DelaySeconds }) => DelaySeconds));
        return { Successful: Entries.map(({ Id }) => ({ Id })) };
      });
    await sendBatch({ client, url: 'http://queue', pause: async () => {} }, messages(12), (index) => index * 2);
    expect(delays).toEqual([undefined, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  });

  it('says which messages the queue never took', async () => {
    const { send } = queue((_, id) => id === '1');
    expect(await send(messages(3))).toEqual([true, false, true]);
  });

  it('takes a request without an answer for not sent', async () => {
    const client = new SQSClient({ region: 'eu-north-1' });
    mockClient(client).on(SendMessageBatchCommand).rejects(new Error('socket hang up'));
    expect(await sendBatch({ client, url: 'http://queue', pause: async () => {} }, messages(2))).toEqual([
      false,
      false,
    ]);
  });
});

describe('the text of a message', () => {
  it('holds nothing that SQS refuses, and reads back as it was', () => {
    const message = { text: `tab\t nul\u0000 \ufffe\uffff lone \ud800 pair 😀 å` };
    const text = queueText(message);
    expect(text).toMatch(/^[\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
    expect(JSON.parse(text)).toEqual(message);
  });
});
