import type { ActivityEvent } from '../../events/envelope.ts';
import type { LocalText } from '../kernel/text.ts';
import { advance } from './advance.ts';
import type { CompiledModel } from './compile.ts';
import { type Contribution, evolve, NOBODY, type Shortfall } from './evolve.ts';
import { comparePositions, positionOf } from './position.ts';
import { remaining, scoreAt } from './score.ts';
import type { Position, Standing, Transition } from './standing.ts';

export type ExplainedEvent = Position & { readonly type: string };

/** Points that an event earned by a rule: then, and what decay has left of them. */
export type ScoreContribution = {
  readonly event: ExplainedEvent;
  readonly rule: string;
  readonly title: LocalText;
  readonly points: number;
  readonly pointsNow: number;
};

/** Points that did not count, and why. */
export type Uncounted = Pick<ScoreContribution, 'event' | 'rule' | 'title' | 'points'> & { readonly reason: Shortfall };

export type ExplainedScore = {
  readonly score: string;
  /** The sum of the contributions' points now. */
  readonly value: number;
  readonly contributions: readonly ScoreContribution[];
  readonly uncounted: readonly Uncounted[];
};

export type Explanation = {
  /** Epoch ms. */
  readonly at: number;
  readonly standing: Standing;
  readonly scores: readonly ExplainedScore[];
  readonly transitions: readonly Transition[];
};

type Point = Contribution & { readonly event: ExplainedEvent };

const explainedScore = (
  model: CompiledModel,
  standing: Standing,
  score: string,
  points: readonly Point[],
  at: number,
): ExplainedScore => ({
  score,
  value: scoreAt(model, standing, score, at),
  contributions: points
    .filter(({ points: given, cut }) => given !== 0 || cut === undefined)
    .map(({ event, rule, points: given }) => ({
      event,
      rule: rule.id,
      title: rule.title,
      points: given,
      pointsNow: given * remaining(at - event.time, model.halfLives[score]),
    })),
  // What a cap cut in part stands in both lists, each with its share.
  uncounted: points.flatMap(({ event, rule, worth, points: given, cut }) =>
    cut === undefined ? [] : [{ event, rule: rule.id, title: rule.title, points: worth - given, reason: cut }],
  ),
});

/**
 * The fold of a member's events up to an instant (epoch ms), with the reason for every point and every change of
 * stage on the way. Events of later times are left out, so an instant in the past shows the standing of that day.
 */
export const explain = (model: CompiledModel, events: readonly ActivityEvent[], at: number): Explanation => {
  const points: Point[] = [];
  const transitions: Transition[] = [];
  let standing = NOBODY;
  for (const event of events.filter(({ time }) => time <= at).toSorted(comparePositions)) {
    const next = evolve(model, standing, event);
    const explained = { ...positionOf(event), type: event.type };
    points.push(...next.contributions.map((one) => ({ event: explained, ...one })));
    transitions.push(...next.transitions);
    standing = next.standing;
  }
  const now = advance(model, standing, at);
  return {
    at,
    standing: now.standing,
    scores: Object.keys(model.halfLives).map((score) =>
      explainedScore(
        model,
        standing,
        score,
        points.filter(({ rule }) => rule.score === score),
        at,
      ),
    ),
    transitions: [...transitions, ...now.transitions],
  };
};
