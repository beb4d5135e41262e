import { type ActivityEvent, OWN_SOURCE } from '../../events/envelope.ts';
import { refolded } from '../../shared/journeys/next-snapshot.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import { type CommitDeps, isSame, isSent, newestModel, type Work } from './work.ts';

const ATTEMPTS = 8;

const isOneEvent = (a: ActivityEvent, b: ActivityEvent): boolean => a.source === b.source && a.id === b.id;

/** Events of the visit whose key is taken by an event that says something else. The first one counts. */
const conflicts = ({ visit, puts }: Work, ledger: readonly ActivityEvent[]): number =>
  visit.events.filter((event) => {
    const kept = puts.get(event) === 'known' ? ledger.find((one) => isOneEvent(one, event)) : undefined;
    return kept !== undefined && canonicalJson(kept) !== canonicalJson(event);
  }).length;

type Found = { readonly before: Snapshot | undefined; readonly ledger: readonly ActivityEvent[] };

/** Whether something is there of before an erasure (epoch ms). */
const isLeft = ({ before, ledger }: Found, erasedAt: number): boolean =>
  (before !== undefined && (before.erasedAt ?? 0) < erasedAt) || ledger.some(({ time }) => time <= erasedAt);

/** Whether nothing is there but words of their own that somebody who is erased has said since. */
const isNoLife = ({ before, ledger }: Found): boolean =>
  before === undefined && ledger.length > 0 && ledger.every(({ source }) => source === OWN_SOURCE);

/**
 * The slow path, for one member: folds the whole ledger, from a snapshot read before it, until the write holds.
 * What the outbox held goes out first, also when nothing is to be written.
 * @returns how many conflicts there were; undefined when it did not come through and must be tried again
 */
export const refold = async (
  { store, sendEffects, currentModel, earlierModel, erasedAt, erase, dismiss }: CommitDeps,
  work: Work,
): Promise<number | undefined> => {
  const { puts } = work;
  const fresh = work.visit.events.filter((event) => puts.get(event) === 'new');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { member } = work.visit;
    const before = await store.read(member);
    // Asked after the puts: whoever erases the member and has not seen them is seen here.
    const erased = (await erasedAt([member])).get(member);
    const visit = { ...work.visit, erasedAt: erased };
    const model = await currentModel(newestModel([visit], before ? [before] : []));
    const ledger = await store.wholeLedger(member);
    if (erased !== undefined && isLeft({ before, ledger }, erased)) {
      await erase(member);
      continue;
    }
    if (erased !== undefined && isNoLife({ before, ledger })) {
      await dismiss(member, ledger);
      continue;
    }
    if (before === undefined && ledger.length === 0) return 0;
    const earlier =
      before && before.madeBy.model !== model.version ? await earlierModel(before.madeBy.model) : undefined;
    const after = refolded(model, visit, before, ledger, fresh, earlier);
    if (!(await isSent(sendEffects, before?.outbox ?? []))) return undefined;
    if (isSame(before, after)) return conflicts(work, ledger);
    const [outcome] = await store.writeSnapshots([{ member, before, after }]);
    if (outcome === 'written') {
      if (before === undefined && (await erasedAt([member])).get(member) !== erased) continue;
      return (await isSent(sendEffects, after.outbox)) ? conflicts(work, ledger) : undefined;
    }
  }
  return undefined;
};
