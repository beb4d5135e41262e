import * as z from 'zod';
import { addedCounts } from '../census/counts.ts';
import { byChange, type MemberChange } from './member-change.ts';

const Stage = z.string().nullable();
const BeforeAfter = { before: z.number(), after: z.number() };
export const ChangedMember = z.strictObject({
  member: z.string(),
  journeys: z.array(z.strictObject({ journey: z.string(), from: Stage, to: Stage })),
  scores: z.array(
    z.strictObject({
      score: z.string(),
      ...BeforeAfter,
      rules: z.array(z.strictObject({ rule: z.string(), ...BeforeAfter })),
    }),
  ),
});

/**
 * What is known of any number of members under two models. Its size follows from the models and the span, not from how
 * many members there are. Two tallies of different members are added, in any order, with the same outcome: it holds
 * whole numbers, and the ten members who changed most.
 */
export const Tally = z.strictObject({
  /** A key of several words (`key`) → how many. */
  counts: z.record(z.string(), z.int()),
  mostChanged: z.array(ChangedMember),
});
export type Tally = {
  readonly counts: Readonly<Record<string, number>>;
  /** The one who changed most first. */
  readonly mostChanged: readonly MemberChange[];
};

export const NO_TALLY: Tally = { counts: {}, mostChanged: [] };

/** Points are counted in thousandths, since sums of fractions depend on the order of adding. */
export const THOUSAND = 1000;

/** How many members are named. */
export const MOST = 10;

/** Those who changed most of two lists. */
export const mostOf = (a: readonly MemberChange[], b: readonly MemberChange[]): MemberChange[] =>
  [...a, ...b].sort(byChange).slice(0, MOST);

/** The tally of all whom either knows; nobody may be in both. */
export const added = (a: Tally, b: Tally): Tally => ({
  counts: addedCounts(a.counts, b.counts),
  mostChanged: mostOf(a.mostChanged, b.mostChanged),
});
