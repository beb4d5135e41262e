import type { ActivityEvent } from '../../events/envelope.ts';
import { refolded } from '../../shared/journeys/next-snapshot.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { type CommitDeps, isSame, isSent, newestModel, type Work } from './work.ts';

const ATTEMPTS = 8;

const isOneEvent = (a: ActivityEvent, b: ActivityEvent): boolean => a.source === b.source && a.id === b.id;

/** Events of the visit whose key is taken by an event that says something else. The first one counts. */
const conflicts = ({ visit, puts }: Work, ledger: readonly ActivityEvent[]): number =>
  visit.events.filter((event) => {
    const kept = puts.get(event) === 'known' ? ledger.find((one) => isOneEvent(one, event)) : undefined;
    return kept !== undefined && canonicalJson(kept) !== canonicalJson(event);
  }).length;

/**
 * The slow path, for one member: folds the whole ledger, from a snapshot read before it, until the write holds.
 * What the outbox held goes out first, also when nothing is to be written.
 * @returns how many conflicts there were; undefined when it did not come through and must be tried again
 */
export const refold = async (
  { store, sendEffects, currentModel, earlierModel }: CommitDeps,
  work: Work,
): Promise<number | undefined> => {
  const { visit, puts } = work;
  const fresh = visit.events.filter((event) => puts.get(event) === 'new');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await store.read(visit.member);
    const model = await currentModel(newestModel([visit], before ? [before] : []));
    const ledger = await store.ledger(visit.member);
    const earlier =
      before && before.madeBy.model !== model.version ? await earlierModel(before.madeBy.model) : undefined;
    const after = refolded(model, visit, before, ledger, fresh, earlier);
    if (!(await isSent(sendEffects, before?.outbox ?? []))) return undefined;
    if (isSame(before, after)) return conflicts(work, ledger);
    const [outcome] = await store.writeSnapshots([{ member: visit.member, before, after }]);
    if (outcome === 'written') {
      return (await isSent(sendEffects, after.outbox)) ? conflicts(work, ledger) : undefined;
    }
  }
  return undefined;
};
