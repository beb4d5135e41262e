import type { ActivityEvent } from '../../events/envelope.ts';
import type { Letters } from '../../shared/mailing/letters/compiled-letter.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';
import type { Staff } from '../../shared/scoring/staff.ts';

/** A message or notice about a member, and what became of it. `at` is in epoch ms. */
export type Mail = {
  readonly id: string;
  readonly at: number;
  readonly what: string;
  readonly state: string;
  /** Why it was not sent, as a code. */
  readonly why?: string;
  /** What SES said later of one that was sent. */
  readonly became?: string;
};

type InDoubt = {
  readonly tag: string;
  readonly at: number;
  readonly why: string;
  readonly until?: number;
} & (
  | { readonly kind: 'mail'; readonly member: string; readonly id: string }
  | { readonly kind: 'digest'; readonly owner: string; readonly run: string }
);

export type Deps = {
  /** A page of the mails of which nobody knows whether they left, or that wait until an instant; epoch ms. */
  readonly mailsInState: (page: {
    state: 'unknown' | 'held';
    after?: string | undefined;
    limit: number;
  }) => Promise<{ readonly mails: readonly InDoubt[]; readonly next?: string }>;
  readonly read: (member: string) => Promise<Snapshot | undefined>;
  readonly readMany: (members: readonly string[]) => Promise<ReadonlyMap<string, Snapshot>>;
  /** The events of a member that count, in canonical order. */
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
  /** The same with what was taken back, and the retractions. */
  readonly wholeLedger: (member: string) => Promise<readonly ActivityEvent[]>;
  readonly mails: (member: string) => Promise<readonly Mail[]>;
  /** The next members in a stage, by id. */
  readonly inStage: (
    journey: string,
    stage: string,
    page: { after?: string | undefined; limit: number },
  ) => Promise<readonly string[]>;
  /** Undefined before any model is published. */
  readonly currentModel: () => Promise<PublishedModel | undefined>;
  readonly letters: (version: number) => Promise<Letters | undefined>;
  readonly staff: () => Promise<Staff | undefined>;
  readonly organisation: string;
  /** The model that was in force at an instant, epoch ms; undefined where none was, or none that is still valid. */
  readonly modelAt: (instant: number) => Promise<PublishedModel | undefined>;
  /** Undefined where there is no such version, or none that is still valid. */
  readonly modelVersion: (version: number) => Promise<PublishedModel | undefined>;
  /** The organisation's. */
  readonly language: string;
  readonly zone: string;
  /** Epoch ms. */
  readonly now: () => number;
};
