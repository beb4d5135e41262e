import type { ActivityEvent } from '../../events/envelope.ts';
import type { Json } from '../kernel/json.ts';
import { advance, placed } from './advance.ts';
import { type CompiledCap, type Cut, filled, type Ruling, ruling } from './caps.ts';
import type { CompiledModel } from './compile.ts';
import type { CompiledRule } from './compile-rule.ts';
import type { CompiledDecay } from './decay.ts';
import { remembered } from './history.ts';
import { isMuted } from './muted.ts';
import { positionOf } from './position.ts';
import { NO_PROFILE, withEvent } from './profile.ts';
import { type EarnedScore, earnedAt, ended, withPoints } from './score.ts';
import type { Counted, ScoreState, Standing, Transition } from './standing.ts';

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

export type Evolved = {
  readonly standing: Standing;
  readonly transitions: readonly Transition[];
  readonly contributions: readonly Contribution[];
};

/** The standing of somebody of whom nothing is known. */
export const NOBODY: Standing = {
  asOf: 0,
  profile: NO_PROFILE,
  scores: {},
  counted: {},
  history: {},
  left: {},
  stages: {},
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
  let points = worth;
  let cut: Cut | undefined;
  for (const cap of caps) {
    const ruled = ruling(cap, counted[cap.key] ?? NONE, event, points);
    points = ruled.points;
    cut = ruled.cut ?? cut;
    if (points === 0 && ruled.cut) break;
  }
  return cut === undefined ? { points } : { points, cut };
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

/** What the limits of a score leave of points. A score that stands beyond a limit already is not moved towards it. */
const limited = (
  score: EarnedScore,
  state: ScoreState | undefined,
  points: number,
  at: number,
): { points: number; cut?: Shortfall } => {
  const { floor, ceiling } = score;
  if (floor === Number.NEGATIVE_INFINITY && ceiling === Number.POSITIVE_INFINITY) return { points };
  const value = earnedAt(score, state, at);
  if (points > 0 && value + points > ceiling) return { points: Math.max(0, ceiling - value), cut: 'ceiling' };
  if (points < 0 && value + points < floor) return { points: Math.min(0, floor - value), cut: 'floor' };
  return { points };
};

const statusOf = ({ profile }: Standing): Json | undefined => profile.attributes.status;

/** Why a score does not count now: it is of leads or of members alone. Whoever never joined nor left is as good as a lead. */
const outOfPhase = (score: EarnedScore, standing: Standing): Shortfall | undefined => {
  if (score.while === undefined) return undefined;
  const status = statusOf(standing);
  if (score.while === 'lead') return status === 'member' || status === 'left' ? 'not-lead' : undefined;
  return status !== 'member' ? 'not-member' : undefined;
};

/** The scores as an event leaves them that makes a lead a member, or begins a new time as a lead. */
const turned = ({ scores: compiled }: CompiledModel, before: Standing, after: Standing, at: number) => {
  const [was, is] = [statusOf(before), statusOf(after)];
  const scores: Record<string, ScoreState> = { ...before.scores };
  if (was === is) return scores;
  for (const score of compiled.values()) {
    const state = scores[score.id];
    if (!state || !('while' in score) || score.while !== 'lead') continue;
    if (is !== 'lead' && was !== 'member' && was !== 'left') scores[score.id] = ended(score, state, at);
    if (is === 'lead' && was !== undefined) delete scores[score.id];
  }
  return scores;
};

type Tally = Pick<Standing, 'scores' | 'counted'> & { readonly contributions: readonly Contribution[] };

const tally = (
  model: CompiledModel,
  standing: Standing,
  matching: readonly CompiledRule[],
  event: ActivityEvent,
): Tally => {
  const scores: Record<string, ScoreState> = { ...standing.scores };
  let counted = standing.counted;
  const contributions: Contribution[] = [];
  for (const { rule, points: pointsOf, caps, decay } of matching) {
    const score = model.scores.get(rule.score);
    if (!score || !('decays' in score)) continue;
    const worth = pointsOf(event.data);
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
    const state = scores[score.id];
    const { points, cut = byCap } = limited(score, state, asked, event.time);
    contributions.push(cut === undefined ? { rule, decay, worth, points } : { rule, decay, worth, points, cut });
    if (points === 0 && cut !== undefined) continue;
    scores[score.id] = withPoints(score, state, decay, points, event.time);
  }
  return { scores, counted, contributions };
};

/** Whether an event shows that somebody is there: by what its rule says, else if it is worth 0 points or more. */
const isSignOfLife =
  (contributions: readonly Contribution[]) =>
  ({ rule, signOfLife }: CompiledRule): boolean =>
    signOfLife ?? contributions.some((one) => one.rule === rule && one.worth >= 0 && one.cut !== 'no-number');

/** What the rules would have given for an event that counts for nothing. */
const withheld = (model: CompiledModel, matching: readonly CompiledRule[], event: ActivityEvent): Contribution[] =>
  matching
    .filter(({ rule }) => 'decays' in (model.scores.get(rule.score) ?? {}))
    .map(({ rule, points, decay }) => ({
      rule,
      decay,
      worth: points(event.data) ?? 0,
      points: 0,
      cut: 'not-followed',
    }));

/** The next standing after an event, which must not lie before the last one folded. */
export const evolve = (model: CompiledModel, before: Standing, event: ActivityEvent): Evolved => {
  const { time } = event;
  // Not the first that is known of them, where all before it counted for nothing.
  const first = before.activeAt === undefined;
  const { standing, transitions } = first
    ? { standing: { ...before, asOf: time }, transitions: [] }
    : advance(model, before, time);
  // A rule sees who the member is now, and what they had done before.
  const profile = withEvent(standing.profile, event);
  const known =
    profile === standing.profile
      ? standing
      : { ...standing, profile, scores: turned(model, standing, { ...standing, profile }, time) };
  const matching = model.rulesOn.get(event.type)?.matching(event, known) ?? [];
  if (isMuted(event, profile)) {
    return {
      standing: { ...known, last: positionOf(event) },
      transitions,
      contributions: withheld(model, matching, event),
    };
  }
  const { scores, counted, contributions } =
    matching.length > 0 ? tally(model, known, matching, event) : { ...known, contributions: [] };
  const alive = first || event.type === 'member.joined' || matching.some(isSignOfLife(contributions));
  const trackers = model.trackersOn.get(event.type);
  const { activeAt = time, left, stages } = known;
  const after = placed(
    model,
    {
      last: positionOf(event),
      asOf: known.asOf,
      profile,
      activeAt: alive ? time : activeAt,
      scores,
      counted,
      history: trackers ? remembered(trackers, standing.history, event) : standing.history,
      left,
      stages,
    },
    time,
  );
  return {
    standing: after.standing,
    transitions: transitions.length === 0 ? after.transitions : [...transitions, ...after.transitions],
    contributions,
  };
};
