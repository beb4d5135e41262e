import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Queue, ReceivedMessage } from './cloud/queue.ts';
import type { Instances, Tools } from './instances.ts';
import type { Random } from './random.ts';

const recordOf = ({ id, receipt, body, receives, sentAt, firstReceivedAt }: ReceivedMessage): SQSRecord => ({
  messageId: id,
  receiptHandle: receipt,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAt),
    SenderId: 'polku',
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-north-1:000000000000:queue',
  awsRegion: 'eu-north-1',
});

/** Messages as Lambda hands them to a function. */
export const batchOf = (batch: readonly ReceivedMessage[]): SQSEvent => ({ Records: batch.map(recordOf) });

const DAY = 86_400_000;

type Options = {
  readonly queue: Queue;
  readonly worker: Instances<SQSEvent, SQSBatchResponse | null>;
  readonly tools: Tools;
  readonly chance: Random;
  readonly most: number;
  /** Is told of every batch that is handed over, with the worker's clock. */
  readonly onBatch: (bodies: readonly string[], now: number) => void;
  /** Lets the clock jump while the batch is worked on. */
  readonly jump: (ms: number) => void;
};

/** Takes messages from a queue to a function, as Lambda does, and deletes what the function has dealt with. */
export const eventSource = ({ queue, worker, tools, chance, most, onBatch, jump }: Options) => {
  const { clock, faults, trace } = tools;
  const { name } = queue.settings;

  const putOff = (): void => {
    const now = queue.messages().find(({ visibleAt }) => visibleAt <= clock.now);
    const delay = now && faults.strike('delay');
    if (!now || !delay) return;
    const later = delay.between(1000, 14 * DAY);
    trace.note(`${name} puts ${now.id} off by ${later} ms`);
    queue.keep({ ...now, visibleAt: clock.now + later });
  };

  const again = (batch: readonly ReceivedMessage[]): void => {
    const twice = faults.strike('duplicate');
    if (!twice) return;
    const { id } = twice.pick(batch);
    trace.note(`${name} hands ${id} out again`);
    queue.makeVisible(id);
  };

  const forget = (batch: readonly ReceivedMessage[], answer: SQSBatchResponse | null): void => {
    const failed = new Set(answer?.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) {
      if (failed.has(message.id) || faults.strike('duplicate')) continue;
      queue.delete(message.receipt);
    }
    trace.note(`${name}: ${batch.length - failed.size} of ${batch.length} done`);
  };

  return {
    canStart: (): boolean => queue.size() > 0 && worker.isFree() && (queue.nextAt() ?? Number.MAX_VALUE) <= clock.now,
    /** When a message can be taken next, epoch ms. */
    nextAt: (): number | undefined => (worker.isFree() ? queue.nextAt() : undefined),
    start: (): void => {
      putOff();
      const disorder = faults.strike('reorder');
      const batch = queue.receive(chance.between(1, most), undefined, (n) => (disorder ? disorder.below(n) : 0));
      if (batch.length === 0) return;
      trace.step(`${name} hands over ${batch.map(({ id }) => id)}`);
      again(batch);
      const leap = faults.strike('time-jump');
      if (leap) jump(leap.between(60_000, 2 * DAY));
      const told = (now: number) =>
        onBatch(
          batch.map(({ body }) => body),
          now,
        );
      void worker.invoke(batchOf(batch), told).then((outcome) => {
        if (outcome) forget(batch, outcome.answer);
        else trace.note(`${name}: ${batch.length} come back`);
      });
    },
  };
};
export type EventSource = ReturnType<typeof eventSource>;
