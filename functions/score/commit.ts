import type { Effect } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { PutOutcome, SnapshotWrite } from '../../shared/aws/member-store.ts';
import { nextSnapshot, type Visit } from '../../shared/journeys/next-snapshot.ts';
import { evolve, NOBODY } from '../../shared/scoring/evolve.ts';
import { comparePositions, positionOf } from '../../shared/scoring/position.ts';
import type { CompiledVersion } from '../../shared/scoring/published-model.ts';
import { isRetraction } from '../../shared/scoring/retracted.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import { refold } from './refold.ts';
import { withoutErased } from './without-erased.ts';
import { type CommitDeps, isSame, newestModel, type Work } from './work.ts';

/** `failed`: for a passing cause; the same visit must be tried again. */
export type Path = 'fast' | 'slow' | 'failed';

export type Committed = {
  readonly path: Path;
  readonly puts: ReadonlyMap<ActivityEvent, PutOutcome>;
  readonly conflicts: number;
};

/** Sends many members' effects together; for each member whether all of theirs are on their way. */
const areSent = async (
  send: CommitDeps['sendEffects'],
  lists: readonly (readonly Effect[])[],
): Promise<readonly boolean[]> => {
  const all = lists.flat();
  const sent = all.length === 0 ? [] : await send(all);
  const bySend = new Map(all.map((effect, i) => [effect, sent[i] ?? false]));
  return lists.map((list) => list.every((effect) => bySend.get(effect)));
};

/** Whether the events can simply be folded onto the snapshot that was read. When in doubt: no. */
const isFast = ({ version }: CompiledVersion, { visit, puts, before }: Work): boolean => {
  if (visit.events.some((event) => puts.get(event) !== 'new')) return false;
  // What was folded already may be what it takes back.
  if (visit.events.some(isRetraction)) return false;
  // A look at somebody who is not there finds nothing, or what an erasure has left.
  if (before === undefined) return visit.events.length > 0 && visit.erasedAt === undefined;
  if (visit.erasedAt !== undefined && visit.erasedAt !== before.erasedAt) return false;
  const { last, awaitsRetracted } = before.standing;
  if (awaitsRetracted && visit.events.length > 0) return false;
  return (
    before.madeBy.model === version &&
    before.madeBy.format === FORMAT &&
    (last === undefined || visit.events.every((event) => comparePositions(last, positionOf(event)) < 0))
  );
};

const continued = (model: CompiledVersion, { visit, before }: Work): SnapshotWrite => {
  const standing = visit.events
    .toSorted(comparePositions)
    .reduce((so, event) => evolve(model.compiled, so, event).standing, before?.standing ?? NOBODY);
  return { member: visit.member, before, after: nextSnapshot(model, visit, before, standing) };
};

/**
 * Of the members who were written for the first time, those who were erased since they were looked for: by what is
 * written now, nobody who erases them can have seen it. Of whoever was there before the version tells.
 */
const erasedMeanwhile = async ({ erasedAt }: CommitDeps, written: readonly SnapshotWrite[]): Promise<Set<string>> => {
  const born = written.filter(({ before }) => before === undefined).map(({ member }) => member);
  return new Set(born.length === 0 ? [] : (await erasedAt(born)).keys());
};

/** The fast path for many members at once. Answers which path each of them took, or must take. */
const commitFast = async (deps: CommitDeps, model: CompiledVersion, works: readonly Work[]): Promise<Path[]> => {
  const { store, sendEffects, onError } = deps;
  const older = await areSent(
    sendEffects,
    works.map(({ before }) => before?.outbox ?? []),
  );
  const writes = works.map((work, i) => (older[i] ? attempted(() => continued(model, work), onError) : undefined));
  // A tick that finds nothing has nothing to write.
  const idle = new Set(writes.filter((write) => write && isSame(write.before, write.after)));
  const ready = writes.filter((write) => write !== undefined).filter((write) => !idle.has(write));
  const outcomes = await store.writeSnapshots(ready);
  const written = ready.filter((_, i) => outcomes[i] === 'written');
  const erased = await erasedMeanwhile(deps, written);
  const told = written.filter((write) => !erased.has(write.member));
  const newer = await areSent(
    sendEffects,
    told.map(({ after }) => after.outbox),
  );
  return writes.map((write) => {
    if (write === undefined) return 'failed';
    if (idle.has(write)) return 'fast';
    const at = told.indexOf(write);
    // Another version lies there, or nobody knows which, or it must go: a doubt.
    if (at < 0) return 'slow';
    return newer[at] ? 'fast' : 'failed';
  });
};

const attempted = <Result>(run: () => Result, onError: (error: unknown) => void): Result | undefined => {
  try {
    return run();
  } catch (error) {
    onError(error);
    return undefined;
  }
};

/** One member's refold; whatever goes wrong with one member must not touch the others. */
const commitSlow = async (deps: CommitDeps, work: Work): Promise<Pick<Committed, 'path' | 'conflicts'>> => {
  try {
    const conflicts = await refold(deps, work);
    return conflicts === undefined ? { path: 'failed', conflicts: 0 } : { path: 'slow', conflicts };
  } catch (error) {
    deps.onError(error);
    return { path: 'failed', conflicts: 0 };
  }
};

/**
 * The commit protocol for the visits of a batch, each of another member: reads the snapshots, then puts the events into
 * the ledgers, then writes the snapshots if their versions are unchanged. Any doubt: a refold of the ledger.
 * @param asked their events must have different keys
 * @returns what became of each visit, in order
 * @throws when the snapshots or the model cannot be read
 */
export const commit = async (deps: CommitDeps, asked: readonly Visit[]): Promise<readonly Committed[]> => {
  const { store, currentModel } = deps;
  // Before the puts: whoever refolds after this read sees our events or bumps the version that we shall ask for.
  const snapshots = await store.readMany(asked.map(({ member }) => member));
  const visits = await withoutErased(deps.erasedAt, asked, snapshots);
  const model = await currentModel(newestModel(visits, snapshots.values()));
  const events = visits.flatMap((visit) => visit.events);
  const outcomes = await store.putEvents(events);
  const puts = new Map(events.map((event, i) => [event, outcomes[i] ?? 'failed']));

  const works = visits.map((visit): Work => {
    const inLedger = visit.events.filter((event) => ['new', 'known'].includes(puts.get(event) ?? 'failed'));
    return { visit: { ...visit, events: inLedger }, puts, before: snapshots.get(visit.member) };
  });
  // What is of before an erasure may have left something when it came first: that is looked for.
  const late = new Set(works.filter((_, i) => (visits[i]?.events.length ?? 0) < (asked[i]?.events.length ?? 0)));
  const idle = new Set(works.filter((work) => work.visit.events.length === 0 && !work.visit.ticked && !late.has(work)));
  const fast = works.filter((work) => !idle.has(work) && !late.has(work) && isFast(model, work));
  const paths = new Map((await commitFast(deps, model, fast)).map((path, i) => [fast[i], path]));
  return Promise.all(
    works.map(async (work): Promise<Committed> => {
      const path = idle.has(work) ? 'failed' : (paths.get(work) ?? 'slow');
      return { puts, conflicts: 0, path, ...(path === 'slow' ? await commitSlow(deps, work) : {}) };
    }),
  );
};
