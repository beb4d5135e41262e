import * as z from 'zod';

/** How many members a minute are looked at anew. */
export const Pace = z.int().min(1).max(12_000);
export const DEFAULT_PACE = 3000;

export const RescoreState = z.enum(['running', 'paused', 'cancelled', 'done', 'stalled']);
export type RescoreState = z.infer<typeof RescoreState>;

/** How silent members are brought to a version of the model. Instants are epoch ms. */
export const Rescore = z.object({
  version: z.int().positive(),
  state: RescoreState,
  pace: Pace,
  /** How many members another version had made when it began, and how many of them were left at the last look. */
  total: z.int().nonnegative(),
  behind: z.int().nonnegative(),
  /** How many looks in a row have found no fewer. */
  fruitless: z.int().nonnegative(),
  startedAt: z.int(),
  changedAt: z.int(),
});
export type Rescore = z.infer<typeof Rescore>;

export type Progress = Pick<Rescore, 'state' | 'behind' | 'fruitless'>;
/** What may change while it is under way; undefined: nothing. */
export type RescoreChanges = { readonly [Name in keyof Progress | 'pace']?: Rescore[Name] | undefined };

/** So many looks without any progress, and something must be mended first. */
const PATIENCE = 12;

/** What follows from a look that has found so many left behind. */
export const progressed = ({ behind: before, fruitless }: Progress, behind: number): Progress => {
  if (behind === 0) return { state: 'done', behind, fruitless: 0 };
  const idle = behind < before || before === 0 ? 0 : fruitless + 1;
  return { state: idle >= PATIENCE ? 'stalled' : 'running', behind, fruitless: idle };
};
