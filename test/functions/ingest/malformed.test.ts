import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { ActivityMessage } from '../../../events/activity-message.ts';
import { sendBatch } from '../../../shared/aws/send-batch.ts';
import { frontDoor } from './door.ts';
import { malformed, odd } from './malformed.ts';

describe('malformed input', () => {
  it('comes in 150 forms and more', () => expect(malformed.length).toBeGreaterThanOrEqual(150));

  it.each(malformed)('%s: %s is the fault of who sent it', async (_category, _what, body) => {
    const { deliver, queue } = frontDoor();
    await deliver(body);
    const before = process.cpuUsage();
    const answer = await deliver(body);
    const { user, system } = process.cpuUsage(before);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.text.length).toBeLessThan(100_000);
    expect(answer.text).not.toContain('"message":"Invalid input"');
    expect(queue).toEqual([]);
    // The promise is 50 ms; a busy machine may take a while longer.
    expect((user + system) / 1000).toBeLessThan(250);
  });
});

/** Source: SendMessage in the SQS API reference: XML 1.0 characters. */
const takenBySqs = (text: string): boolean =>
  Array.from(text, (character) => character.codePointAt(0) ?? 0).every(
    (code) =>
      [0x9, 0xa, 0xd].includes(code) ||
      (code >= 0x20 && code <= 0xd7ff) ||
      (code >= 0xe000 && code <= 0xfffd) ||
      code >= 0x10000,
  );

describe('odd input', () => {
  it.each(odd)('%s: %s reaches the queue in a form that SQS takes', async (_category, _what, body) => {
    const sqs = mockClient(SQSClient);
    sqs
      .on(SendMessageBatchCommand)
      .callsFake(({ Entries }: { Entries: { Id: string }[] }) => ({ Successful: Entries }));
    const queue = { client: new SQSClient(), url: 'http://localhost/q', pause: async () => {} };
    const send = (messages: readonly object[]) => sendBatch(queue, messages);
    expect((await frontDoor({ send }).deliver(body)).status).toBe(202);
    const [message = ''] = sqs
      .commandCalls(SendMessageBatchCommand)
      .flatMap(({ args }) => args[0].input.Entries ?? [])
      .map(({ MessageBody }) => MessageBody);
    expect(takenBySqs(message)).toBe(true);
    expect(ActivityMessage.parse(JSON.parse(message))).toBeTruthy();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
