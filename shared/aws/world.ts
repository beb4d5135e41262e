import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';

/** Everything outside that a function may touch. Each is handed what it needs of it; the simulation hands its own. */
export type World = {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** Makes one attempt only: a mail must not go out twice. */
  readonly ses: SESClient;
  /** Epoch ms. */
  readonly now: () => number;
  /** A text that nobody else has. */
  readonly newToken: () => string;
  /** Bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
  /** Waits so long, ms. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Waits before the how-manieth further attempt. */
  readonly pause: (attempt: number) => Promise<void>;
};
