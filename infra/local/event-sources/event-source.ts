import { setTimeout as pause } from 'node:timers/promises';
import { DeleteMessageBatchCommand, type Message } from '@aws-sdk/client-sqs';
import type { LocalFunction } from '../functions/local-function.ts';
import { atOnce } from '../functions/start-functions.ts';
import type { QueueServer } from '../queues/queue-server.ts';
import type { EventSourceBlueprint } from '../template/functions.ts';
import { arn } from '../template/place.ts';
import { gather } from './gather.ts';
import { dealtWith, queueEvent } from './queue-event.ts';

export type EventSource = {
  readonly queue: string;
  /** Whether messages are in its hands: being gathered, or with the function. */
  readonly busy: () => boolean;
  /** Takes no more, and waits for what is running. */
  readonly close: () => Promise<void>;
};

export type EventSourceOptions = {
  readonly source: EventSourceBlueprint;
  readonly queues: QueueServer;
  readonly invoke: LocalFunction['invoke'];
  /** Whether somebody waits for the queues to run empty: then no batch window is waited out. */
  readonly hurried: () => boolean;
};

/**
 * Takes messages from a queue to a function, batch by batch. What the function dealt with is deleted; the rest comes
 * back when its visibility time-out is over, until its receive count takes it to the dead-letter queue.
 */
export const startEventSource = ({ source, queues, invoke, hurried }: EventSourceOptions): EventSource => {
  const queueUrl = queues.urlOf(source.queue);
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  let gathering = false;
  const begun = () => {
    gathering = true;
  };

  const forget = async (messages: readonly Message[]): Promise<void> => {
    for (let i = 0; i < messages.length; i += 10) {
      const Entries = messages.slice(i, i + 10).map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }));
      await queues.client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    }
  };
  const work = async (batch: readonly Message[]): Promise<void> => {
    try {
      const answer = await invoke(queueEvent(batch, arn('sqs', source.queue)));
      await forget(source.partialResponse ? dealtWith(batch, answer) : batch);
    } catch {
      // The function's log has it; the messages come back.
    }
  };
  const window = () => (hurried() ? 0 : source.window * 1000);
  const next = async (): Promise<void> => {
    try {
      const { client } = queues;
      const batch = await gather({ client, queueUrl, batchSize: source.batchSize, window, signal: stop.signal, begun });
      if (batch.length === 0) return;
      const done = work(batch).finally(() => running.delete(done));
      running.add(done);
    } catch {
      if (stop.signal.aborted) return;
      await pause(200);
    } finally {
      gathering = false;
    }
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      if (running.size >= atOnce(source.concurrency)) await Promise.race(running);
      else await next();
    }
  };
  const looping = loop();

  return {
    queue: source.queue,
    busy: () => gathering || running.size > 0,
    close: async () => {
      stop.abort();
      await looping;
      await Promise.all(running);
    },
  };
};
