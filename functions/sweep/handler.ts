import type { ActivityMessage } from '../../events/activity-message.ts';
import type { Count } from '../../shared/lambda/metrics.ts';

export type SweepDeps = {
  /** Pages of members whose due instant has come by then, epoch ms. */
  readonly dueMembers: (now: number) => AsyncIterable<readonly string[]>;
  /** For each message in order whether it is in the queue for certain. */
  readonly send: (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;
  readonly count: Count;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * Sends a tick for each member whom time has moved. Who is not ticked now, because a send failed or the run was cut
 * short, is still in the index at the next sweep; who is ticked twice is looked at twice, which changes nothing.
 * @throws when some ticks could not be sent, after all the others were
 */
export const sweep =
  ({ dueMembers, send, count, now }: SweepDeps) =>
  async (): Promise<void> => {
    let unsent = 0;
    for await (const members of dueMembers(now())) {
      const sent = await send(members.map((member) => ({ kind: 'tick', member })));
      const ticked = sent.filter((one) => one).length;
      unsent += members.length - ticked;
      count('Ticks', ticked);
    }
    if (unsent > 0) throw new Error(`${unsent} ticks could not be sent; the next sweep sends them`);
  };
