import type { Definitions } from '../support/definitions.ts';
import type { FaultKind } from './faults.ts';
import { simulate } from './run.ts';

/** What became of many seeds. */
export type Played = {
  /** Those that failed: by which check, and how to play them again. */
  readonly failed: readonly string[];
  readonly fewestSteps: number;
  readonly met: ReadonlyMap<FaultKind, number>;
  /** Of each in its turn, what stands for all its steps. */
  readonly hashes: readonly string[];
};

/** Plays so many seeds, from one on. */
export const playSeeds = async (definitions: Definitions, from: number, count: number): Promise<Played> => {
  const failed: string[] = [];
  const met = new Map<FaultKind, number>();
  const hashes: string[] = [];
  let fewestSteps = Number.POSITIVE_INFINITY;
  for (let seed = from; seed < from + count; seed++) {
    const { found, happened, steps, hash } = await simulate({ seed, definitions });
    const [first] = found;
    if (first) failed.push(`${first.check}: ${first.says}\n  npm run simulate -- --seed ${seed}`);
    for (const { kind } of happened) met.set(kind, (met.get(kind) ?? 0) + 1);
    hashes.push(hash);
    fewestSteps = Math.min(fewestSteps, steps);
  }
  return { failed, fewestSteps, met, hashes };
};
