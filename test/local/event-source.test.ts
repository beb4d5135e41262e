import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type EventSource, startEventSource } from '../../infra/local/event-sources/event-source.ts';
import { dealtWith } from '../../infra/local/event-sources/queue-event.ts';
import { createQueues } from '../../infra/local/queues/create-queues.ts';
import { type QueueServer, startQueues } from '../../infra/local/queues/queue-server.ts';
import { quiet } from '../../infra/local/quiet.ts';
import { arn } from '../../infra/local/template/place.ts';

const Event = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      body: z.string(),
      eventSourceARN: z.string(),
      attributes: z.object({ ApproximateReceiveCount: z.string() }),
    }),
  ),
});
type Batch = z.infer<typeof Event>['Records'];

const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('sqs', 'failed'), maxReceiveCount: 3 });

let folder: string;
let queues: QueueServer;
let source: EventSource | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'polku-source-'));
  queues = await startQueues(folder);
  await createQueues(queues, [
    { name: 'failed', arn: arn('sqs', 'failed'), attributes: {} },
    { name: 'inbox', arn: arn('sqs', 'inbox'), attributes: { VisibilityTimeout: '300', RedrivePolicy } },
  ]);
});
afterEach(async () => {
  await source?.close();
  source = undefined;
  await queues.close();
  rmSync(folder, { recursive: true });
});

type Given = {
  work: (batch: Batch) => unknown;
  batchSize?: number;
  window?: number;
  concurrency?: number;
  partial?: boolean;
};
const started = ({ work, batchSize = 100, window = 1, concurrency = 2, partial = true }: Given) => {
  const batches: Batch[] = [];
  source = startEventSource({
    source: { queue: 'inbox', function: 'score', batchSize, window, partialResponse: partial, concurrency },
    queues,
    invoke: async (event) => {
      const { Records } = Event.parse(event);
      batches.push(Records);
      return work(Records);
    },
    hurried: () => false,
  });
  const calm = quiet(queues);
  calm.watch([source]);
  return { batches, calm };
};
const send = async (bodies: readonly string[]): Promise<void> => {
  for (let i = 0; i < bodies.length; i += 10) {
    const Entries = bodies.slice(i, i + 10).map((body, n) => ({ Id: String(n), MessageBody: body }));
    await queues.client.send(new SendMessageBatchCommand({ QueueUrl: queues.urlOf('inbox'), Entries }));
  }
};
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));
const visible = (name: string) => queues.depths().find((queue) => queue.name === name)?.visible;
const failing = (bodies: readonly string[]) => (batch: Batch) => ({
  batchItemFailures: batch
    .filter(({ body }) => bodies.includes(body))
    .map(({ messageId }) => ({ itemIdentifier: messageId })),
});

describe('a queue’s messages on their way to a function', () => {
  it('are gathered up to the batch size, each handed over once', async () => {
    await send(numbers(130));
    const { batches, calm } = started({ work: () => null });
    expect(await calm.reached(10)).toBe(true);
    expect(Math.max(...batches.map(({ length }) => length))).toBe(100);
    expect(
      batches
        .flat()
        .map(({ body }) => Number(body))
        .sort((a, b) => a - b),
    ).toEqual(numbers(130).map(Number));
    expect(batches[0]?.[0]?.eventSourceARN).toBe(arn('sqs', 'inbox'));
  });

  it('wait for one another as long as the window is open', async () => {
    const { batches, calm } = started({ work: () => null });
    await send(['a']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await send(['b']);
    await expect.poll(() => batches.length, { timeout: 3000 }).toBe(1);
    await calm.reached(5);
    expect(batches.flat().map(({ body }) => body)).toEqual(['a', 'b']);
  });

  it('come back alone when they fail, and end in the dead-letter queue', async () => {
    await send(['good', 'bad', 'fine']);
    const { batches, calm } = started({ work: failing(['bad']) });
    expect(await calm.reached(15)).toBe(true);
    const tries = (body: string) => batches.flat().filter((record) => record.body === body).length;
    expect([tries('good'), tries('bad'), tries('fine')]).toEqual([1, 3, 1]);
    expect(batches.at(-1)?.[0]?.attributes.ApproximateReceiveCount).toBe('3');
    expect(visible('failed')).toBe(1);
  });

  it('come back together when the function throws', async () => {
    await send(['a', 'b']);
    let calls = 0;
    const { batches, calm } = started({
      work: () => {
        if (++calls === 1) throw new Error('once');
        return { batchItemFailures: [] };
      },
    });
    expect(await calm.reached(10)).toBe(true);
    expect(batches.map(({ length }) => length)).toEqual([2, 2]);
    expect(visible('failed')).toBe(0);
  });

  it('come back soon while somebody waits, in however short spells they ask', async () => {
    await send(['a']);
    let calls = 0;
    const { batches, calm } = started({ work: (batch) => failing(++calls === 1 ? ['a'] : [])(batch) });
    await expect.poll(() => calm.reached(0.2), { timeout: 10_000, interval: 1 }).toBe(true);
    expect(batches).toHaveLength(2);
  });

  it('are all done with when the mapping asks for no list of failures', async () => {
    await send(['bad']);
    const { calm } = started({ work: failing(['bad']), partial: false });
    expect(await calm.reached(10)).toBe(true);
    expect(visible('failed')).toBe(0);
  });

  it('go to as many batches at once as are allowed', async () => {
    await send(numbers(60));
    let [now, most] = [0, 0];
    const { calm } = started({
      batchSize: 10,
      window: 0,
      work: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 50));
        now--;
      },
    });
    expect(await calm.reached(10)).toBe(true);
    expect(most).toBe(2);
  });

  it('are finished before the source closes', async () => {
    await send(['a']);
    let done = false;
    const { batches } = started({
      window: 0,
      work: async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        done = true;
      },
    });
    await expect.poll(() => batches.length).toBe(1);
    await source?.close();
    expect(done).toBe(true);
    expect(visible('inbox')).toBe(0);
  });
});

describe('what a function answers to a batch', () => {
  const batch = ['1', '2'].map((MessageId) => ({ MessageId }));
  it.each([
    ['nothing', null, 2],
    ['an empty object', {}, 2],
    ['an empty list', { batchItemFailures: [] }, 2],
    ['a null list', { batchItemFailures: null }, 2],
    ['one failure', { batchItemFailures: [{ itemIdentifier: '2' }] }, 1],
    ['an identifier of no message', { batchItemFailures: [{ itemIdentifier: '3' }] }, 0],
    ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }, 0],
    ['an identifier by a wrong name', { batchItemFailures: [{ id: '2' }] }, 0],
  ])('%s', (_, answer, done) => {
    expect(dealtWith(batch, answer)).toHaveLength(done);
  });
});
