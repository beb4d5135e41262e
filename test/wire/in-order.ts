import { chunks } from '../../shared/kernel/chunks.ts';
import { memberId, type planOf, type Sent, type Size } from './plan.ts';
import type { RestlessCloud } from './restless-cloud.ts';
import { killScorer } from './trouble.ts';

/** About as long as a batch takes, ms. */
const BATCH = 80;

/**
 * Everybody does something, again and again, and each time the scorer is killed over it. These events are newer than all
 * before and nothing comes after them out of order, so no refold makes up for what one of these deaths has spoilt.
 * Gives what was sent, round by round; after each the queues ran empty.
 */
export const inOrder = async (
  cloud: RestlessCloud,
  { members, rounds }: Size,
  { chance }: ReturnType<typeof planOf>,
): Promise<readonly (readonly Sent[])[]> => {
  const sent: (readonly Sent[])[] = [];
  for (let round = 0; round < rounds; round++) {
    const at = await cloud.insist(async (now) => (await now.now()) - 1000);
    // Of each member two, which come to two scorers at once.
    const events = (['benefit.used', 'event.attended'] as const).flatMap((type, n) =>
      Array.from({ length: members }, (_, i): Sent => {
        const data = { benefit: 'course', event: `last-${round}` };
        const time = new Date(at + n).toISOString();
        return { id: `last-${round}-${n}-${i}`, type, member: { id: memberId(i) }, time, data };
      }),
    );
    sent.push(events);
    const dying = killScorer(cloud, chance, BATCH);
    await Promise.all(chunks(events, 100).map((request) => cloud.insist((now) => now.send(request))));
    await dying;
    await (await cloud.now()).idle();
  }
  return sent;
};
