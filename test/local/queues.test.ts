import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createQueues } from '../../infra/local/queues/create-queues.ts';
import { type QueueServer, startQueues } from '../../infra/local/queues/queue-server.ts';
import { arn } from '../../infra/local/template/place.ts';

const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', 'failed'), maxReceiveCount: 1 });
const blueprints = [
  { name: 'failed', arn: arn('sqs', 'failed'), attributes: {} },
  { name: 'inbox', arn: arn('sqs', 'inbox'), attributes: { VisibilityTimeout: '300', RedrivePolicy } },
];

let folder: string;
let queues: QueueServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polku-queues-'));
  queues = await startQueues(folder);
  await createQueues(queues, blueprints);
});
afterEach(async () => {
  await queues.close();
  rmSync(folder, { recursive: true });
});

const send = (body: string, delay = 0) =>
  queues.client.send(
    new SendMessageCommand({ QueueUrl: queues.urlOf('inbox'), MessageBody: body, DelaySeconds: delay }),
  );
const receive = async (name = 'inbox') =>
  (await queues.client.send(new ReceiveMessageCommand({ QueueUrl: queues.urlOf(name), MaxNumberOfMessages: 10 })))
    .Messages ?? [];
const depth = (name: string) => {
  const { visible, inFlight, delayed } = queues.depths().find((queue) => queue.name === name) ?? {};
  return { visible, inFlight, delayed };
};

describe('queues', () => {
  it('are reached by addresses on loopback', () => {
    expect(queues.urlOf('inbox')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/000000000000\/inbox$/);
  });

  it('take what SQS takes, emoji among it', async () => {
    const text = 'Hei 👩\u200D👧 علی\u200Cرضا \t\n𝒜';
    await send(text);
    expect((await receive()).map(({ Body }) => Body)).toEqual([text]);
    await expect(send('\uffff')).rejects.toThrow('Invalid characters');
  });

  it('have everything again when the process goes without a word, also what somebody had in hand', async () => {
    await send('one');
    await send('two');
    await send('later', 900);
    expect(await receive()).toHaveLength(2);
    expect(depth('inbox')).toEqual({ visible: 0, inFlight: 2, delayed: 1 });

    // Another server on the same folder, the first one neither closed nor asked.
    const again = await startQueues(folder);
    await createQueues(again, blueprints);
    const { visible = 0 } = again.depths().find(({ name }) => name === 'inbox') ?? {};
    expect(visible).toBe(3);
    await again.close();
  });

  it('put a message back at once when asked to, and still have it after a restart', async () => {
    await send('one');
    const [message] = await receive();
    const { ReceiptHandle } = message ?? {};
    await queues.client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queues.urlOf('inbox'), ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect(depth('inbox')).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    await queues.close();
    queues = await startQueues(folder);
    expect(depth('inbox')).toMatchObject({ visible: 1 });
  });

  it('leave what was received too often in the dead-letter queue, and move it back when told to', async () => {
    await send('poison');
    await receive();
    queues.hasten();
    await receive();
    expect(depth('failed')).toMatchObject({ visible: 1 });
    expect(queues.depths().map(({ name, deadLetters }) => [name, deadLetters])).toEqual([
      ['failed', true],
      ['inbox', false],
    ]);

    await queues.client.send(new StartMessageMoveTaskCommand({ SourceArn: arn('sqs', 'failed') }));
    await expect.poll(() => depth('inbox').visible).toBe(1);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['poison']);
    const refused = await queues.client
      .send(new StartMessageMoveTaskCommand({ SourceArn: arn('sqs', 'inbox') }))
      .catch((error) => error);
    expect(refused).toMatchObject({ message: expect.stringContaining('Dead Letter Queue') });
  });

  it('take new settings from a changed template', async () => {
    const changed = blueprints.map((queue) => ({
      ...queue,
      attributes: { ...queue.attributes, VisibilityTimeout: '1' },
    }));
    await createQueues(queues, changed);
    await send('one');
    await receive();
    await expect.poll(() => depth('inbox').visible, { timeout: 3000 }).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await receive()).toEqual([]);
    expect(depth('failed')).toMatchObject({ visible: 1 });
  });
});
