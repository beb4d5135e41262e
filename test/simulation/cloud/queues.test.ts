import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createQueues } from '../../../infra/local/queues/create-queues.ts';
import { type QueueServer, startQueues } from '../../../infra/local/queues/queue-server.ts';
import { arn } from '../../../infra/local/template/place.ts';
import { straight } from './calls.ts';
import { queuesContract } from './queues.contract.ts';
import { memoryQueues, queueUrl, sqsClient } from './queues.ts';

const DAY = 86_400_000;

/** Made as the stack makes its own. */
const blueprints = [
  { name: 'failed', arn: arn('sqs', 'failed'), attributes: { MessageRetentionPeriod: '1209600' } },
  {
    name: 'inbox',
    arn: arn('sqs', 'inbox'),
    attributes: {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'failed'), maxReceiveCount: 6 }),
      VisibilityTimeout: '361',
    },
  },
];

const inMemory = () => {
  let now = 0;
  const queues = memoryQueues(blueprints, () => now);
  const pass = (ms = DAY) => {
    now += ms;
  };
  return { queues, pass, client: sqsClient(queues, straight), urlOf: queueUrl };
};

queuesContract('memory', async () => inMemory());

describe('behind npm start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polku-queues-'));
  let server: QueueServer;
  beforeAll(async () => {
    server = await startQueues(folder);
    await createQueues(server, blueprints);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  queuesContract('fauxqs', async () => {
    const { client, urlOf, hasten } = server;
    for (const { name } of blueprints) await client.send(new PurgeQueueCommand({ QueueUrl: urlOf(name) }));
    return { client, urlOf, pass: hasten };
  });
});

describe('the queues in memory, by hand', () => {
  const open = () => {
    const { queues, pass } = inMemory();
    return { queues, pass, queue: queues.queue('inbox') };
  };

  it('give messages in the order that is picked', () => {
    const { queue } = open();
    for (const body of ['a', 'b', 'c']) queue.send(body);
    expect(queue.receive(100, 1, (visible) => visible - 1).map(({ body }) => body)).toEqual(['c', 'b', 'a']);
  });

  it('hide a message exactly as long as they should', () => {
    const { queue, pass } = open();
    queue.send('a');
    queue.receive(1);
    pass(361_000 - 1);
    expect(queue.receive(1)).toEqual([]);
    expect(queue.nextAt()).toBe(361_000);
    pass(1);
    expect(queue.receive(1)).toMatchObject([{ receives: 2, sentAt: 0, firstReceivedAt: 0, visibleAt: 722_000 }]);
  });

  it('give a message twice when it is made visible, and take the later receipt only', () => {
    const { queue } = open();
    const id = queue.send('a');
    const [first] = queue.receive(1);
    queue.makeVisible(id);
    const [second] = queue.receive(1);
    expect([queue.delete(first?.receipt ?? ''), queue.size()]).toEqual([false, 1]);
    expect([queue.delete(second?.receipt ?? ''), queue.size()]).toEqual([true, 0]);
  });

  it('take the last receipt after its time is over too, as SQS does', () => {
    const { queue, pass } = open();
    queue.send('a');
    const [message] = queue.receive(1);
    pass();
    expect([queue.delete(message?.receipt ?? ''), queue.size()]).toEqual([true, 0]);
  });

  it('send what was given up once more, as new messages', () => {
    const { queues, queue, pass } = open();
    const id = queue.send('a');
    for (let times = 0; times < 7; times++) {
      queue.receive(10);
      pass();
    }
    expect([queue.size(), queues.queue('failed').size()]).toEqual([0, 1]);
    expect(queues.redrive('inbox')).toBe(1);
    const [again] = queue.receive(10);
    expect(again).toMatchObject({ body: 'a', receives: 1 });
    expect(again?.id).not.toBe(id);
    expect(queues.queue('failed').size()).toBe(0);
  });
});
