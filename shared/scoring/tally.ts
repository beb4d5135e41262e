import type { ActivityEvent } from '../../events/envelope.ts';
import { type CompiledCap, type Cut, filled, type Ruling, ruling } from './caps.ts';
import type { CompiledRule } from './compile-rule.ts';
import type { CompiledDecay } from './decay.ts';
import { statusOf } from './profile.ts';
import { type EarnedScore, earnedAt } from './score.ts';
import { addPoints, type Draft, draftOf, withDrafts } from './score-draft.ts';
import type { Counted, ScoreState, Standing } from './standing.ts';

/**
 * Why points did not count, or not in full: a cap, a limit of the score, no number to reckon them from, a score for
 * leads or members alone, or an open or click of somebody who has not agreed to be followed.
 */
export type Shortfall = Cut | 'floor' | 'ceiling' | 'no-number' | 'not-lead' | 'not-member' | 'not-followed';

/** What one rule made of one event. */
export type Contribution = {
  readonly rule: CompiledRule['rule'];
  /** What the rule is worth for the event. */
  readonly worth: number;
  /** What of it counted. */
  readonly points: number;
  readonly cut?: Shortfall;
  /** How the points fade. */
  readonly decay: CompiledDecay;
};

const NONE: readonly Counted[] = [];

/** What the caps of a rule leave of its worth. Each cap is asked about what the ones before it left. */
const capped = (
  caps: readonly CompiledCap[],
  counted: Standing['counted'],
  event: ActivityEvent,
  worth: number,
): Ruling => {
  if (caps.length === 0) return { points: worth };
  let left: Ruling = { points: worth };
  for (const cap of caps) {
    const ruled = ruling(cap, counted[cap.key] ?? NONE, event, left.points);
    if (ruled.cut === undefined) continue;
    left = ruled;
    if (ruled.points === 0) break;
  }
  return left;
};

/** What is remembered under the caps of a rule that has given points. What one of them cuts fills none, also no other. */
const withCounted = (
  caps: readonly CompiledCap[],
  counted: Standing['counted'],
  event: ActivityEvent,
  given: number,
): Standing['counted'] => {
  const after: Record<string, readonly Counted[]> = { ...counted };
  for (const cap of caps) after[cap.key] = filled(cap, counted[cap.key] ?? NONE, event, given);
  return after;
};

type Limited = { readonly points: number; readonly cut?: Shortfall };

/** What the limits of a score leave of points. A score that stands beyond a limit already is not moved towards it. */
const limited = (score: EarnedScore, state: ScoreState | undefined, points: number, at: number): Limited => {
  const { floor, ceiling } = score;
  if (floor === Number.NEGATIVE_INFINITY && ceiling === Number.POSITIVE_INFINITY) return { points };
  const value = earnedAt(score, state, at);
  if (points > 0 && value + points > ceiling) return { points: Math.max(0, ceiling - value), cut: 'ceiling' };
  if (points < 0 && value + points < floor) return { points: Math.min(0, floor - value), cut: 'floor' };
  return { points };
};

/** Why a score does not count now: it is of leads or of members alone. Whoever never joined nor left is as good as a lead. */
const outOfPhase = (score: EarnedScore, standing: Standing): Shortfall | undefined => {
  if (score.while === undefined) return undefined;
  const status = statusOf(standing.profile);
  if (score.while === 'lead') return status === 'member' || status === 'left' ? 'not-lead' : undefined;
  return status !== 'member' ? 'not-member' : undefined;
};

const draftFor = (drafts: readonly Draft[], score: EarnedScore): Draft | undefined => {
  for (const draft of drafts) if (draft.score === score) return draft;
  return undefined;
};

export type Tally = Pick<Standing, 'scores' | 'counted'> & {
  readonly contributions: readonly Contribution[];
  /** Whether the event shows that somebody is there: by what a rule says, else if it is worth 0 points or more. */
  readonly alive: boolean;
};

/** What an event gives by the rules that fit it. */
export const tally = (standing: Standing, matching: readonly CompiledRule[], event: ActivityEvent): Tally => {
  const drafts: Draft[] = [];
  const contributions: Contribution[] = [];
  let { counted } = standing;
  let alive = false;
  for (const { rule, score, points: pointsOf, caps, decay, signOfLife } of matching) {
    const worth = score && pointsOf(event.data);
    alive ||= signOfLife ?? (worth !== undefined && worth >= 0);
    if (!score) continue;
    if (worth === undefined) {
      contributions.push({ rule, decay, worth: 0, points: 0, cut: 'no-number' });
      continue;
    }
    const outside = outOfPhase(score, standing);
    if (outside) {
      contributions.push({ rule, decay, worth, points: 0, cut: outside });
      continue;
    }
    const { points: asked, cut: byCap } = capped(caps, counted, event, worth);
    // Copied only where something is to be remembered: there may be many caps, and most events fill none.
    if (caps.length > 0 && (asked !== 0 || byCap === undefined)) counted = withCounted(caps, counted, event, asked);
    let draft = draftFor(drafts, score);
    const state = draft ? draft.state : standing.scores[score.id];
    const { points, cut = byCap } = limited(score, state, asked, event.time);
    contributions.push(cut === undefined ? { rule, decay, worth, points } : { rule, decay, worth, points, cut });
    if (points === 0 && cut !== undefined) continue;
    if (!draft) {
      draft = draftOf(score, state, event.time);
      drafts.push(draft);
    }
    addPoints(draft, decay, points);
  }
  return { scores: withDrafts(standing.scores, drafts), counted, contributions, alive };
};

/** What the rules would have given for an event that counts for nothing. */
export const withheld = (matching: readonly CompiledRule[], { data }: ActivityEvent): Contribution[] =>
  matching
    .filter(({ score }) => score !== undefined)
    .map(({ rule, points, decay }) => ({
      rule,
      decay,
      worth: points(data) ?? 0,
      points: 0,
      cut: 'not-followed',
    }));
