import type { ActivityEvent } from '../../events/envelope.ts';
import { DAY } from '../kernel/duration.ts';
import type { LocalText } from '../kernel/text.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import { fold } from '../scoring/fold.ts';
import type { Model } from '../scoring/model.ts';
import { scoreAt } from '../scoring/score.ts';

const WEEKS = [12, 8, 4, 0] as const;

/** How a score went: its values over the last twelve weeks, the oldest first. */
export type Course = {
  readonly score: string;
  readonly title: LocalText;
  /** Undefined before anything was known of the member. */
  readonly points: readonly { readonly weeksAgo: number; readonly value: number | undefined }[];
};

/** The course of a score up to an instant (epoch ms), from the member's ledger. A week is seven times 24 hours. */
export const courseOf = (
  model: CompiledModel,
  { id, title }: Model['scores'][number],
  ledger: readonly ActivityEvent[],
  at: number,
): Course => ({
  score: id,
  title,
  points: WEEKS.map((weeksAgo) => {
    const then = at - weeksAgo * 7 * DAY;
    const known = ledger.filter(({ time }) => time <= then);
    return { weeksAgo, value: known.length === 0 ? undefined : scoreAt(model, fold(model, known), id, then) };
  }),
});
