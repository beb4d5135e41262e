import type { ActivityEvent } from '../../events/envelope.ts';
import { DAY } from '../kernel/duration.ts';
import type { LocalText } from '../kernel/text.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import { evolve, NOBODY } from '../scoring/evolve.ts';
import type { Model } from '../scoring/model.ts';
import { comparePositions } from '../scoring/position.ts';
import { scoreAt } from '../scoring/score.ts';

const WEEKS = [12, 8, 4, 0] as const;

/** How a score went: its values over the last twelve weeks, the oldest first. */
export type Course = {
  readonly score: string;
  readonly title: LocalText;
  /** Undefined before anything was known of the member. */
  readonly points: readonly { readonly weeksAgo: number; readonly value: number | undefined }[];
};

/**
 * The course of a score up to an instant (epoch ms), as it was read at the time by the model of today. A week is seven
 * times 24 hours.
 * @param ledger all of the member's events
 */
export const courseOf = (
  model: CompiledModel,
  { id, title }: Model['scores'][number],
  ledger: readonly ActivityEvent[],
  at: number,
): Course => {
  const events = ledger.toSorted(comparePositions);
  let standing = NOBODY;
  let folded = 0;
  const points = WEEKS.map((weeksAgo) => {
    const then = at - weeksAgo * 7 * DAY;
    for (let event = events[folded]; event && event.time <= then; event = events[++folded]) {
      standing = evolve(model, standing, event).standing;
    }
    return { weeksAgo, value: folded === 0 ? undefined : scoreAt(model, standing, id, then) };
  });
  return { score: id, title, points };
};
