import type { ActivityEvent } from '../../events/envelope.ts';
import type { Snapshot } from '../scoring/snapshot.ts';

/**
 * `new`: this put it there. `known`: it lies there already, from whomever: a doubt.
 * `refused`: the store will never take it. `failed`: it may or may not lie there; try again.
 */
export type PutOutcome = 'new' | 'known' | 'refused' | 'failed';
/** `stale`: another version lies there, perhaps this very write with its answer lost. `failed`: nobody knows. */
export type WriteOutcome = 'written' | 'stale' | 'failed';

export type SnapshotWrite = {
  readonly member: string;
  readonly before: Snapshot | undefined;
  readonly after: Snapshot;
};

/** The records of the members: each a ledger of events, and a snapshot of what they come to. */
export type MemberStore = {
  /** Strongly consistent. Undefined where the member has no snapshot. */
  readonly read: (member: string) => Promise<Snapshot | undefined>;
  /** Strongly consistent; members without a snapshot are absent. */
  readonly readMany: (members: readonly string[]) => Promise<ReadonlyMap<string, Snapshot>>;
  /** Each event only if its key is free; one outcome per event, in order. Keys must differ. */
  readonly putEvents: (events: readonly ActivityEvent[]) => Promise<readonly PutOutcome[]>;
  /** Each only if the version is still the one read; one outcome per write, in order. Members must differ. */
  readonly writeSnapshots: (writes: readonly SnapshotWrite[]) => Promise<readonly WriteOutcome[]>;
  /** The events of a member that count, strongly consistent, in canonical order: without what was taken back. */
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
  /** The same with what was taken back, and the retractions: all that was ever accepted. */
  readonly wholeLedger: (member: string) => Promise<readonly ActivityEvent[]>;
};
