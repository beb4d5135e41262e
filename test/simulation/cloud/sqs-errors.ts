import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  InvalidMessageContents,
  MessageNotInflight,
  QueueDoesNotExist,
  SQSServiceException,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';

const about = (message: string) => ({ message, $metadata: { httpStatusCode: 400 } });

/** Refusals of SQS as the SDK throws them: by class where it has one, by name where it has none. */
export const sqsErrors = {
  batchTooLong: () => new BatchRequestTooLong(about('The batch request is too long')),
  emptyBatch: () => new EmptyBatchRequest(about('The batch request has no entries')),
  idsNotDistinct: () => new BatchEntryIdsNotDistinct(about('Two entries have the same Id')),
  invalidContents: () => new InvalidMessageContents(about('Invalid characters found')),
  invalid: (message: string) =>
    new SQSServiceException({ name: 'InvalidParameterValue', $fault: 'client', ...about(message) }),
  missing: (message: string) =>
    new SQSServiceException({ name: 'MissingParameter', $fault: 'client', ...about(message) }),
  noSuchQueue: () => new QueueDoesNotExist(about('The specified queue does not exist')),
  notInFlight: () => new MessageNotInflight(about('The message is not in flight')),
  tooManyEntries: () => new TooManyEntriesInBatchRequest(about('Maximum number of entries per request are 10')),
} as const;
