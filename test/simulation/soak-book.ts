import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const State = z.object({
  /** All seeds below this one are played, and the rest tells of those alone. */
  next: z.int(),
  steps: z.int(),
  fewestSteps: z.int(),
  failed: z.array(z.object({ seed: z.int(), says: z.string() })),
  kinds: z.record(z.string(), z.int()),
});
type State = z.infer<typeof State>;

/** What a worker tells of a seed that it has played. */
export const Told = z.object({
  seed: z.int(),
  steps: z.int(),
  failed: z.string().optional(),
  kinds: z.record(z.string(), z.int()),
});
export type Told = z.infer<typeof Told>;

const BEGUN: State = { next: 1, steps: 0, fewestSteps: Number.MAX_SAFE_INTEGER, failed: [], kinds: {} };

const sum = (before: State['kinds'], more: State['kinds']): State['kinds'] => {
  const sums = { ...before };
  for (const [kind, count] of Object.entries(more)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
};

const counted = (state: State, { seed, steps, failed, kinds }: Told): State => ({
  next: seed + 1,
  steps: state.steps + steps,
  fewestSteps: Math.min(state.fewestSteps, steps),
  failed: failed === undefined ? state.failed : [...state.failed, { seed, says: failed }],
  kinds: sum(state.kinds, kinds),
});

/**
 * How far a soak is, kept in a file. What is played beyond the next seed that is not counts only when its turn comes: a
 * soak that is stopped plays it again, and counts it once.
 */
export const soakBook = (file: string) => {
  let state = existsSync(file) ? State.parse(JSON.parse(readFileSync(file, 'utf8'))) : BEGUN;
  const ahead = new Map<number, Told>();
  return {
    state: (): State => state,
    note: (told: readonly Told[]): void => {
      for (const one of told) ahead.set(one.seed, one);
      for (let one = ahead.get(state.next); one; one = ahead.get(state.next)) {
        ahead.delete(one.seed);
        state = counted(state, one);
      }
      mkdirSync(dirname(file), { recursive: true });
      // Whole or not at all, whenever it is stopped.
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    },
  };
};
