import type { ActivityEvent } from '../../events/envelope.ts';
import type { LocalText } from '../kernel/text.ts';
import { advance } from './advance.ts';
import type { CompiledModel } from './compile.ts';
import { leftOf } from './decay.ts';
import { evolve, NOBODY } from './evolve.ts';
import { comparePositions, positionOf } from './position.ts';
import { type CompiledScore, ENDED, scoreValue } from './score.ts';
import type { Position, Standing, Transition } from './standing.ts';
import type { Contribution, Shortfall } from './tally.ts';

export type ExplainedEvent = Position & { readonly type: string };

/** Points that an event earned by a rule: then, and what decay has left of them. */
export type ScoreContribution = {
  readonly event: ExplainedEvent;
  readonly rule: string;
  readonly title: LocalText;
  readonly points: number;
  readonly pointsNow: number;
  /** How the points fade, such as `half-life 60 days`. */
  readonly decay: string;
};

/** Points that did not count, and why. */
export type Uncounted = Pick<ScoreContribution, 'event' | 'rule' | 'title' | 'points'> & {
  readonly reason: Shortfall | 'began-anew';
};

export type ExplainedScore = {
  readonly score: string;
  /** The sum of the contributions' points now, of the facts' points, or of the parts. */
  readonly value: number;
  readonly contributions: readonly ScoreContribution[];
  readonly uncounted: readonly Uncounted[];
  /** Of a score of fit: what is true of the member now. */
  readonly facts: readonly { readonly fact: string; readonly title: LocalText; readonly points: number }[];
  /** Of a sum: what it adds up. */
  readonly parts: readonly { readonly score: string; readonly value: number }[];
};

export type Explanation = {
  /** Epoch ms. */
  readonly at: number;
  readonly standing: Standing;
  readonly scores: readonly ExplainedScore[];
  readonly transitions: readonly Transition[];
};

type Point = Omit<Contribution, 'cut'> & {
  readonly event: ExplainedEvent;
  readonly cut?: Uncounted['reason'];
};

const earned = (model: CompiledModel, standing: Standing, score: string, points: readonly Point[], at: number) => {
  // A score that has ended is worth what it was worth then.
  const until = Math.min(at, standing.scores[score]?.fading[ENDED]?.at ?? at);
  return {
    contributions: points
      .filter(({ points: given, cut }) => given !== 0 || cut === undefined)
      .map(({ event, rule, points: given, decay }) => ({
        event,
        rule: rule.id,
        title: rule.title,
        points: given,
        pointsNow: given * leftOf(decay, event.time, until, model.timeZone),
        decay: decay.key,
      })),
    // What a cap cut in part stands in both lists, each with its share.
    uncounted: points.flatMap(({ event, rule, worth, points: given, cut }) =>
      cut === undefined ? [] : [{ event, rule: rule.id, title: rule.title, points: worth - given, reason: cut }],
    ),
  };
};

const explainedScore = (
  model: CompiledModel,
  standing: Standing,
  compiled: CompiledScore,
  points: readonly Point[],
  at: number,
): ExplainedScore => ({
  score: compiled.id,
  value: scoreValue(compiled, standing, at),
  ...earned(model, standing, compiled.id, points, at),
  facts:
    'facts' in compiled
      ? compiled.facts.flatMap(({ id, title, points: worth, test }) =>
          test.holds(standing, at) ? [{ fact: id, title, points: worth }] : [],
        )
      : [],
  parts:
    'sum' in compiled ? compiled.sum.map((part) => ({ score: part.id, value: scoreValue(part, standing, at) })) : [],
});

/** What a score that has begun anew holds of the points from before: nothing. */
const withoutForgotten = (points: readonly Point[], before: Standing, after: Standing): Point[] =>
  points.map((point) =>
    before.scores[point.rule.score] && !after.scores[point.rule.score] && point.points !== 0
      ? { ...point, points: 0, cut: 'began-anew' as const }
      : point,
  );

/**
 * The fold of a member's events up to an instant (epoch ms), with the reason for every point and every change of
 * stage on the way. Events of later times are left out, so an instant in the past shows the standing of that day.
 */
export const explain = (model: CompiledModel, events: readonly ActivityEvent[], at: number): Explanation => {
  let points: Point[] = [];
  const transitions: Transition[] = [];
  let standing = NOBODY;
  for (const event of events.filter(({ time }) => time <= at).toSorted(comparePositions)) {
    const next = evolve(model, standing, event);
    points = withoutForgotten(points, standing, next.standing);
    const explained = { ...positionOf(event), type: event.type };
    points.push(...next.contributions.map((one) => ({ event: explained, ...one })));
    transitions.push(...next.transitions);
    standing = next.standing;
  }
  const now = advance(model, standing, at);
  return {
    at,
    standing: now.standing,
    scores: [...model.scores.values()].map((score) =>
      explainedScore(
        model,
        standing,
        score,
        points.filter(({ rule }) => rule.score === score.id),
        at,
      ),
    ),
    transitions: [...transitions, ...now.transitions],
  };
};
