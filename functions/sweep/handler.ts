import type { ActivityMessage } from '../../events/activity-message.ts';
import type { HeldDigest, HeldMail } from '../../events/effect.ts';
import type { Count } from '../../shared/lambda/metrics.ts';

export type SweepDeps = {
  /** Pages of what has fallen due by then (epoch ms): members, and mails and digests that waited for their time. */
  readonly due: (now: number) => AsyncIterable<{
    readonly members: readonly string[];
    readonly mails: readonly { readonly member: string; readonly id: string }[];
    readonly digests: readonly { readonly owner: string; readonly run: number }[];
  }>;
  /** For each mail in order whether deliver will hear of it for certain. */
  readonly release: (mails: readonly (HeldMail | HeldDigest)[]) => Promise<readonly boolean[]>;
  /** For each message in order whether it is in the queue for certain. */
  readonly send: (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;
  readonly count: Count;
  /** Epoch ms. */
  readonly now: () => number;
};

/**
 * Sends a tick for each member whom time has moved, and to deliver each mail that has waited long enough. Who is not ticked now, because a send failed or the run was cut
 * short, is still in the index at the next sweep; who is ticked twice is looked at twice, which changes nothing.
 * @throws when some could not be sent, after all the others were
 */
export const sweep =
  ({ due, release, send, count, now }: SweepDeps) =>
  async (): Promise<void> => {
    let unsent = 0;
    for await (const { members, mails, digests } of due(now())) {
      const sent = await send(members.map((member) => ({ kind: 'tick', member })));
      const released = await release([
        ...mails.map((mail) => ({ kind: 'held' as const, ...mail })),
        ...digests.map((digest) => ({ kind: 'held-digest' as const, ...digest })),
      ]);
      const ticked = sent.filter((one) => one).length;
      unsent += [...sent, ...released].filter((one) => !one).length;
      count('Ticks', ticked);
    }
    if (unsent > 0) throw new Error(`${unsent} messages could not be sent; the next sweep sends them`);
  };
