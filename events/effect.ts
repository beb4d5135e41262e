import * as z from 'zod';
import { MemberId } from './envelope.ts';

/**
 * What is to be done because a member changed stage. Holds no personal data beyond the member's id:
 * whoever carries it out reads the member first.
 */
const change = {
  /** Deterministic and unique within the member: `<journey>#<sequence>#<kind>`. */
  id: z.string().max(200),
  member: MemberId,
  journey: z.string(),
  /** The how-manieth change of stage in this journey that the outside is told of, from 1. */
  sequence: z.int().positive(),
  /** When the member entered the stage, epoch ms. */
  since: z.int(),
  /** When this was decided, epoch ms. */
  decidedAt: z.int(),
  /** The version of the scoring model that decided it. */
  model: z.int().positive(),
};

/** The stage as the lists by stage shall show it; null: the journey applies to the member no more. */
export const Move = z.strictObject({
  kind: z.literal('move'),
  ...change,
  from: z.string().nullable(),
  stage: z.string().nullable(),
});
export type Move = z.infer<typeof Move>;

export const SendMessage = z.strictObject({
  kind: z.literal('message'),
  ...change,
  stage: z.string(),
  message: z.string(),
  /** On entering the stage (also where it is left out), after a stay in it, or on leaving it. */
  on: z.enum(['entry', 'stay', 'exit']).exactOptional(),
  /** Whether who has got the message gets it again: `never`, or after this time. Left out: each time. */
  again: z.string().max(40).exactOptional(),
  /** The id that the person had first, where that is another. */
  firstId: MemberId.exactOptional(),
});
export type SendMessage = z.infer<typeof SendMessage>;

export const RaiseAlert = z.strictObject({ kind: z.literal('alert'), ...change, stage: z.string() });
export type RaiseAlert = z.infer<typeof RaiseAlert>;

export const Effect = z.discriminatedUnion('kind', [Move, SendMessage, RaiseAlert]);
export type Effect = z.infer<typeof Effect>;

const AtRisk = z.strictObject({
  member: MemberId,
  journey: z.string(),
  stage: z.string(),
  /** When they entered the stage, epoch ms. */
  since: z.int(),
});

const digest = {
  owner: z.string().max(200),
  /** The run of the schedule that it belongs to, epoch ms. */
  run: z.int(),
};

/** The list of members at risk for one owner, as it was read: those shown in full, by their ids, and how many there are. */
export const SendDigest = z.strictObject({
  kind: z.literal('digest'),
  ...digest,
  /** When the list was read, epoch ms. */
  at: z.int(),
  /** When the list of the owner's last digest was read, epoch ms; left out: this is the first. */
  previous: z.int().exactOptional(),
  model: z.int().positive(),
  news: z.array(AtRisk).max(100),
  known: z.array(AtRisk).max(100),
  count: z.int(),
  countNew: z.int(),
});
export type SendDigest = z.infer<typeof SendDigest>;

/** A digest that waited for its time, which has come. */
export const HeldDigest = z.strictObject({ kind: z.literal('held-digest'), ...digest });
export type HeldDigest = z.infer<typeof HeldDigest>;

/** A mail that waited for its time, which has come: the effect of this id lies beside its claim. */
export const HeldMail = z.strictObject({ kind: z.literal('held'), member: MemberId, id: z.string().max(200) });
export type HeldMail = z.infer<typeof HeldMail>;

/** What the effects queue carries. */
export const EffectMessage = z.discriminatedUnion('kind', [
  Move,
  SendMessage,
  RaiseAlert,
  SendDigest,
  HeldMail,
  HeldDigest,
]);
export type EffectMessage = z.infer<typeof EffectMessage>;
