import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../template/place.ts';

export type DynamoDb = {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
  /** Settles when the emulator is gone; left out where it cannot go by itself. */
  readonly ended?: Promise<void>;
};

/** Waits until an endpoint answers as DynamoDB does. Throws what it said last, `seconds` having passed. */
export const answering = async (endpoint: string, seconds = 10): Promise<void> => {
  const client = new DynamoDBClient({ ...clientOf(endpoint), maxAttempts: 1 });
  const until = performance.now() + seconds * 1000;
  for (;;) {
    try {
      await client.send(new ListTablesCommand({}));
      return client.destroy();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(30);
    }
  }
};
