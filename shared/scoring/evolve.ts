import type { ActivityEvent } from '../../events/envelope.ts';
import { advance, placed } from './advance.ts';
import type { CompiledModel, CompiledRule } from './compile.ts';
import { positionOf } from './position.ts';
import { NO_PROFILE, withEvent } from './profile.ts';
import { decayed } from './score.ts';
import type { ScoreState, Standing, Transition } from './standing.ts';

/** What one rule made of one event. */
export type Contribution = { readonly rule: CompiledRule['rule']; readonly counted: boolean };

export type Evolved = {
  readonly standing: Standing;
  readonly transitions: readonly Transition[];
  readonly contributions: readonly Contribution[];
};

/** The standing of somebody of whom nothing is known. */
export const NOBODY: Standing = { asOf: 0, profile: NO_PROFILE, scores: {}, counted: {}, stages: {} };

/** The times that still fill a cap's window, which reaches back from `time` and ends just short of one whole period. */
const within = (times: readonly number[], time: number, per: number): readonly number[] =>
  times.filter((counted) => counted > time - per);

type Tally = Pick<Standing, 'scores' | 'counted'> & { readonly contributions: readonly Contribution[] };

const tally = (model: CompiledModel, standing: Standing, matching: readonly CompiledRule[], time: number): Tally => {
  const scores: Record<string, ScoreState> = { ...standing.scores };
  const counted: Record<string, readonly number[]> = { ...standing.counted };
  const contributions: Contribution[] = [];
  for (const { rule, cap } of matching) {
    if (cap) {
      const times = within(counted[rule.id] ?? [], time, cap.per);
      counted[rule.id] = times.length < cap.times ? [...times, time] : times;
      if (times.length >= cap.times) {
        contributions.push({ rule, counted: false });
        continue;
      }
    }
    scores[rule.score] = {
      value: decayed(scores[rule.score], model.halfLives[rule.score], time) + rule.points,
      at: time,
    };
    contributions.push({ rule, counted: true });
  }
  return { scores, counted, contributions };
};

/** The next standing after an event, which must not lie before the last one folded. */
export const evolve = (model: CompiledModel, before: Standing, event: ActivityEvent): Evolved => {
  const { time } = event;
  const first = before.last === undefined;
  const { standing, transitions } = first
    ? { standing: { ...before, asOf: time }, transitions: [] }
    : advance(model, before, time);
  const matching = (model.rulesOn.get(event.type) ?? []).filter(({ matches }) => matches(event.data));
  const { scores, counted, contributions } =
    matching.length > 0 ? tally(model, standing, matching, time) : { ...standing, contributions: [] };
  const alive = first || matching.some(({ rule }) => rule.points >= 0);
  const after = placed(
    model,
    {
      ...standing,
      last: positionOf(event),
      profile: withEvent(standing.profile, event),
      ...(alive ? { activeAt: time } : {}),
      scores,
      counted,
    },
    time,
  );
  return { standing: after.standing, transitions: [...transitions, ...after.transitions], contributions };
};
