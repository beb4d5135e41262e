import type { Effect } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import type { MemberStore, PutOutcome } from '../../shared/aws/member-store.ts';
import type { Visit } from '../../shared/journeys/next-snapshot.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { CompiledVersion } from '../../shared/scoring/published-model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';

export type CommitDeps = {
  readonly store: MemberStore;
  /** For each effect in order whether it is on its way for certain. */
  readonly sendEffects: (effects: readonly Effect[]) => Promise<readonly boolean[]>;
  /** The current model; read anew where the copy at hand is older than this version. */
  readonly currentModel: (atLeast: number) => Promise<CompiledVersion>;
  /** The model of an earlier version; undefined where there is none that can be read. */
  readonly earlierModel: (version: number) => Promise<CompiledVersion | undefined>;
  /** When members were erased, epoch ms; whoever never was is absent. */
  readonly erasedAt: (members: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Completes the erasure of a member, or erases them as asked for at an instant (epoch ms). */
  readonly erase: (member: string, at?: number) => Promise<void>;
  /** Somebody who was erased has said something: a no counts if they come back, and none of it brings them back. */
  readonly dismiss: (member: string, said: readonly ActivityEvent[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
};

export type Work = {
  /** With the events that lie in the ledger for certain. */
  readonly visit: Visit;
  readonly puts: ReadonlyMap<ActivityEvent, PutOutcome>;
  readonly before: Snapshot | undefined;
};

export const isSent = async (send: CommitDeps['sendEffects'], effects: readonly Effect[]): Promise<boolean> =>
  effects.length === 0 || (await send(effects)).every((one) => one);

/** A worker whose copy of the model is older than what another has folded with, or tells of, must not fold back. */
export const newestModel = (visits: readonly Visit[], snapshots: Iterable<Snapshot>): number =>
  Math.max(0, ...visits.map(({ model }) => model ?? 0), ...[...snapshots].map(({ madeBy }) => madeBy.model));

/** Whether there is nothing to write: the same standing of as many events, told the same way, at the same place in the index. */
export const isSame = (before: Snapshot | undefined, after: Snapshot): boolean => {
  const content = ({ madeBy, events, standing, announced, dueAt }: Snapshot) =>
    canonicalJson({ madeBy, events, standing, announced, dueAt });
  return before !== undefined && after.outbox.length === 0 && content(before) === content(after);
};
