import type { Fault } from './faults.ts';
import { type Simulated, type SimulationOptions, simulate } from './run.ts';

/** What is left of a seed when all is taken away without which it fails too. */
export type Shrunk = { readonly only: readonly Fault[]; readonly without: readonly number[]; readonly run: Simulated };

/** Runs that a shrinking may take. */
const MOST = 400;

/** The parts of a list without which it does not work, as found by leaving out ever smaller pieces. */
const fewest = async <T>(
  list: readonly T[],
  works: (some: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> => {
  let left = list;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < left.length; ) {
      const some = [...left.slice(0, from), ...left.slice(from + size)];
      if (await works(some)) left = some;
      else from += size;
    }
  }
  return left;
};

/**
 * The fewest faults and happenings with which a seed still fails by the same check.
 * @throws where it does not fail
 */
export const shrink = async (options: SimulationOptions): Promise<Shrunk> => {
  const whole = await simulate(options);
  const [first] = whole.found;
  if (!first) throw new Error(`Seed ${options.seed} does not fail`);
  let best: Shrunk = { only: whole.happened, without: options.without ?? [], run: whole };
  let runs = 0;
  const fails = async (only: readonly Fault[], without: readonly number[]): Promise<boolean> => {
    if (++runs > MOST) return false;
    const run = await simulate({ ...options, only, without });
    const isSame = run.found.some(({ check }) => check === first.check);
    if (isSame) best = { only: run.happened, without, run };
    return isSame;
  };
  if (!(await fails(whole.happened, best.without))) return best;
  const parts = Array.from({ length: whole.parts }, (_, i) => i).filter((part) => !best.without.includes(part));
  const absent = (kept: readonly number[]) =>
    Array.from({ length: whole.parts }, (_, i) => i).filter((i) => !kept.includes(i));
  await fewest(best.only, (only) => fails(only, best.without));
  await fewest(parts, (kept) => fails(best.only, absent(kept)));
  await fewest(best.only, (only) => fails(only, best.without));
  return best;
};

/** The one command that plays a run again. */
export const commandFor = (seed: number, { only, without }: Pick<Shrunk, 'only' | 'without'>): string => {
  const faults = only.map(({ at, kind }) => `${at}:${kind}`).join(',');
  return `npm run simulate -- --seed ${seed} --only '${faults}' --without '${without.join(',')}'`;
};
