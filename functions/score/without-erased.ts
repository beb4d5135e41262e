import type { Visit } from '../../shared/journeys/next-snapshot.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';

/** Whether something of a time before the member was known may be among the events. */
const isSuspect = ({ events }: Visit, snapshot: Snapshot | undefined): boolean => {
  const last = snapshot?.standing.last?.time ?? Number.POSITIVE_INFINITY;
  return events.some(({ time }) => time < last);
};

/**
 * The visits without what happened before the member was erased: it comes late, or once more, and must not bring them
 * back. Only of those is asked who are new, or of whom something comes late.
 */
export const withoutErased = async (
  erasedAt: (members: readonly string[]) => Promise<ReadonlyMap<string, number>>,
  visits: readonly Visit[],
  snapshots: ReadonlyMap<string, Snapshot>,
): Promise<readonly Visit[]> => {
  const suspects = visits.filter((visit) => isSuspect(visit, snapshots.get(visit.member)));
  if (suspects.length === 0) return visits;
  const erased = await erasedAt(suspects.map(({ member }) => member));
  return visits.map((visit) => {
    const at = erased.get(visit.member);
    return at === undefined ? visit : { ...visit, events: visit.events.filter(({ time }) => time > at), erasedAt: at };
  });
};
