import type { ActivityEvent } from '../../events/envelope.ts';
import type { LocalText } from '../kernel/text.ts';
import { advance } from './advance.ts';
import type { CompiledModel } from './compile.ts';
import { evolve, NOBODY } from './evolve.ts';
import type { Rule } from './model.ts';
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

export type Uncounted = Pick<ScoreContribution, 'event' | 'rule' | 'title' | 'points'> & { readonly reason: 'cap' };

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

type Point = { readonly event: ExplainedEvent; readonly rule: Rule; readonly counted: boolean };

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
    .filter(({ counted }) => counted)
    .map(({ event, rule }) => ({
      event,
      rule: rule.id,
      title: rule.title,
      points: rule.points,
      pointsNow: rule.points * remaining(at - event.time, model.halfLives[score]),
    })),
  uncounted: points
    .filter(({ counted }) => !counted)
    .map(({ event, rule }) => ({
      event,
      rule: rule.id,
      title: rule.title,
      points: rule.points,
      reason: 'cap' as const,
    })),
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
