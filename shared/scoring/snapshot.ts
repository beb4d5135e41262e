import * as z from 'zod';
import { Effect } from '../../events/effect.ts';
import type { Announced as AnnouncedType, Standing as StandingType } from './standing.ts';

const Instant = z.int();

const Consent = z.object({
  given: z.boolean(),
  at: Instant,
  source: z.string(),
  wording: z.string().exactOptional(),
});

const Counted = z.union([
  Instant,
  z.object({
    at: Instant,
    times: z.int().exactOptional(),
    points: z.number().exactOptional(),
    value: z.string().exactOptional(),
  }),
]);

const Standing = z.object({
  last: z.object({ time: Instant, source: z.string(), id: z.string() }).exactOptional(),
  asOf: Instant,
  profile: z.object({
    attributes: z.record(z.string(), z.json()),
    email: z.string().exactOptional(),
    consents: z.record(z.string(), Consent),
    preferences: z
      .object({ at: Instant, language: z.string().exactOptional(), pausedUntil: Instant.exactOptional() })
      .exactOptional(),
    joinedAt: Instant.exactOptional(),
    leftAt: Instant.exactOptional(),
  }),
  activeAt: Instant.exactOptional(),
  scores: z.record(
    z.string(),
    z.object({
      fading: z.record(z.string(), z.object({ value: z.number(), at: Instant })),
      dated: z.record(z.string(), z.array(z.tuple([z.int(), z.number()]))).exactOptional(),
    }),
  ),
  counted: z.record(z.string(), z.array(Counted)),
  history: z.record(z.string(), z.array(Instant)),
  left: z.record(z.string(), Instant),
  awaitsRetracted: z.literal(true).exactOptional(),
  stages: z.record(z.string(), z.object({ stage: z.string(), since: Instant })),
});

const Announced = z.record(
  z.string(),
  z.object({
    stage: z.string().nullable(),
    sequence: z.int(),
    stays: z.array(z.string()).exactOptional(),
    byModel: z.int().exactOptional(),
  }),
);

/** What a snapshot holds beside its version: the fold, what was told of it, and what is still to be sent. */
export const SnapshotBody = z.object({ standing: Standing, announced: Announced, outbox: z.array(Effect) });

/** The stored standing of a member: a cache of the fold of the ledger, with a version and an outbox. */
export type Snapshot = {
  /** Counts the writes, from 1, or from `erasedAt`. */
  readonly version: number;
  readonly madeBy: MadeBy;
  /**
   * How many events of the ledger it is made of, those that were taken back among them. Two ledgers may come to the same
   * standing with others in between: a fold of more events must be written also where it gives what is stored, so that
   * nobody who knows of fewer writes after it.
   */
  readonly events: number;
  /** As of the last event, not of the last look. */
  readonly standing: StandingType;
  readonly announced: AnnouncedType;
  /** Decided when this version was written; whoever reads it next sends it again before anything else. */
  readonly outbox: readonly Effect[];
  /** Where the member stands in the index of those whom time will move, epoch ms. At or before the true instant. */
  readonly dueAt?: number | undefined;
  /**
   * When whoever had this id before was erased, epoch ms; left out: nobody was. Versions and changes of stage are counted
   * on from there, so that nothing of the life before can pass for something of this one.
   */
  readonly erasedAt?: number;
};

/** What a snapshot was folded with. Another form of the fold, or another model: it must be folded anew. */
export type MadeBy = { readonly format: number; readonly model: number };

/** Raise it with every change of what the fold of the same events under the same model gives. */
export const FORMAT = 13;
