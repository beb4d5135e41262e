import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readSettings } from '../../shared/lambda/settings.ts';
import { DeliverSettings } from './settings.ts';

readSettings(DeliverSettings);

/** Carries nothing out yet: every effect stays on its queue. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => ({
  batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});
