import { type Batch, SOURCES, START } from './batch.ts';
import type { Random } from './random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Whether the stack follows whoever agrees to it, as it does in a third of the seeds; and what the sources have to say of
 * that. From a stream of its own, so that all other seeds stay what they were.
 */
export const drawFollowing = (
  { chance, pick, below }: Random,
  members: readonly string[],
  span: number,
): { readonly follows: boolean; readonly batches: readonly Batch[] } => {
  if (!chance(1 / 3)) return { follows: false, batches: [] };
  const said = (member: string, id: string, type: string, time: number): Batch => ({
    at: time + pick([0, 0, 1000, HOUR, 2 * DAY]),
    source: pick(SOURCES),
    items: [{ id, type, member: { id: member }, time: new Date(time).toISOString(), data: { purpose: 'tracking' } }],
    tries: undefined,
  });
  const batches = members.flatMap((member) => [
    ...(chance(0.8) ? [said(member, 'follow', 'consent.given', START + below(DAY))] : []),
    ...(chance(0.4) ? [said(member, 'leave alone', 'consent.withdrawn', START + below(span))] : []),
    ...(chance(0.15) ? [said(member, 'follow again', 'consent.given', START + below(span))] : []),
  ]);
  return { follows: true, batches };
};
