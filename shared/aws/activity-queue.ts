import type { ActivityMessage } from '../../events/activity-message.ts';
import { type Queue, sendBatch } from './send-batch.ts';

/** The only way to ask for a change of a member's record. */
export const activityQueue = (queue: Queue) => ({
  /** For each message, in order, whether the queue has it for certain. Asks again for what was not taken at first. */
  send: (messages: readonly ActivityMessage[]): Promise<boolean[]> => sendBatch(queue, messages),
});
export type ActivityQueue = ReturnType<typeof activityQueue>;
