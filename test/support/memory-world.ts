import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { World } from '../../shared/aws/world.ts';
import { straight } from '../simulation/cloud/calls.ts';
import { type memoryMail, sesClient } from '../simulation/cloud/mail.ts';
import { type memoryQueues, sqsClient } from '../simulation/cloud/queues.ts';

type Parts = {
  readonly dynamodb: DynamoDBClient;
  readonly queues: ReturnType<typeof memoryQueues>;
  readonly mail: ReturnType<typeof memoryMail>;
  /** Epoch ms; it goes on while somebody sleeps. */
  readonly clock: { now: number };
};

/** One row for all worlds: two of them may write the same claims. */
let tokens = 0;

/** What functions find outside, all of it in memory and by one clock. */
export const memoryWorld = ({ dynamodb, queues, mail, clock }: Parts): World => ({
  dynamodb,
  sqs: sqsClient(queues, straight),
  ses: sesClient(mail, straight),
  now: () => clock.now,
  newToken: () => `token-${tokens++}`,
  randomBytes: (size) => new Uint8Array(size).fill(7),
  sleep: async (ms) => {
    clock.now += ms;
  },
  pause: async () => {},
});
