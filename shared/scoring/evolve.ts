import type { ActivityEvent } from '../../events/envelope.ts';
import { advance, placed } from './advance.ts';
import type { CompiledModel } from './compile.ts';
import { remembered } from './history.ts';
import { isMuted } from './muted.ts';
import { positionOf } from './position.ts';
import { NO_PROFILE, statusOf, withEvent } from './profile.ts';
import { ended } from './score.ts';
import type { ScoreState, Standing, Transition } from './standing.ts';
import { type Contribution, tally, withheld } from './tally.ts';

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

/** The scores as an event leaves them that makes a lead a member, or begins a new time as a lead. */
const turned = ({ scores: compiled }: CompiledModel, before: Standing, after: Standing, at: number) => {
  const [was, is] = [statusOf(before.profile), statusOf(after.profile)];
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
      contributions: withheld(matching, event),
    };
  }
  const { scores, counted, contributions, alive } = tally(known, matching, event);
  const trackers = model.trackersOn.get(event.type);
  const { activeAt = time, left, stages } = known;
  const after = placed(
    model,
    {
      last: positionOf(event),
      asOf: known.asOf,
      profile,
      activeAt: first || alive || event.type === 'member.joined' ? time : activeAt,
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
