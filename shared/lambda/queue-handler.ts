import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Observing } from './observing.ts';

/** One message of a batch. */
export type QueueRecord = {
  readonly messageId: string;
  readonly body: string;
  /** How often it has been handed out, this time too; left out where nobody counts. */
  readonly receives?: number;
};

const recordOf = ({ messageId, body, attributes }: SQSRecord): QueueRecord => {
  const receives = Number(attributes?.ApproximateReceiveCount);
  return { messageId, body, ...(Number.isNaN(receives) ? {} : { receives }) };
};

/** Works on a batch and says which messages shall come back. */
export type BatchWork = (records: readonly QueueRecord[]) => Promise<ReadonlySet<string>>;

/**
 * Hands a batch from SQS to the work and reports what failed, message by message. When the work itself breaks, the
 * whole batch comes back: nothing is taken for done that was not.
 */
export const queueHandler = (work: BatchWork, { log, metrics }: Observing) =>
  middy<SQSEvent, SQSBatchResponse>().handler(async ({ Records }) => {
    try {
      const failed = await work(Records.map(recordOf));
      if (failed.size > 0) log.warn('messages go back to the queue', { failed: failed.size, of: Records.length });
      return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
    } catch (error) {
      log.error('the batch goes back to the queue', error, { of: Records.length });
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    } finally {
      metrics.publish();
    }
  });
