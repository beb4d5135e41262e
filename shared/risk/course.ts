import type { ActivityEvent } from '../../events/envelope.ts';
import { DAY } from '../kernel/duration.ts';
import type { LocalText } from '../kernel/text.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import type { Explanation } from '../scoring/explain.ts';
import type { Model } from '../scoring/model.ts';
import { remaining } from '../scoring/score.ts';

const WEEKS = [12, 8, 4, 0] as const;

/** How a score went: its values over the last twelve weeks, the oldest first. */
export type Course = {
  readonly score: string;
  readonly title: LocalText;
  /** Undefined before anything was known of the member. */
  readonly points: readonly { readonly weeksAgo: number; readonly value: number | undefined }[];
};

/**
 * The course of a score up to the instant of an explanation, from the points that it names. What counted does not
 * hang on what came later, so one explanation tells of every instant before. A week is seven times 24 hours.
 * @param ledger the member's events, for when they were heard of first
 */
export const courseOf = (
  { halfLives }: Pick<CompiledModel, 'halfLives'>,
  { id, title }: Model['scores'][number],
  ledger: readonly ActivityEvent[],
  { at, scores }: Explanation,
): Course => {
  const first = ledger.reduce((earliest, { time }) => Math.min(earliest, time), Number.POSITIVE_INFINITY);
  const contributions = scores.find(({ score }) => score === id)?.contributions ?? [];
  const valueAt = (then: number) =>
    contributions
      .filter(({ event }) => event.time <= then)
      .reduce((sum, { event, points }) => sum + points * remaining(then - event.time, halfLives[id]), 0);
  return {
    score: id,
    title,
    points: WEEKS.map((weeksAgo) => {
      const then = at - weeksAgo * 7 * DAY;
      return { weeksAgo, value: then < first ? undefined : valueAt(then) };
    }),
  };
};
