import type { CompiledModel } from '../scoring/compile.ts';
import { isDated } from '../scoring/decay.ts';

/** So many steps are tried for one direction of one journey, where points fade smoothly. */
const STEPS = 3000;
/** So many days on which points lose worth cost as much again as the step itself. */
const TURNS = 40;

/**
 * How many steps may be tried with a model. Points that come to an end lose worth day by day, and each day has to be
 * looked at: with those a step takes longer.
 */
export const stepsToTry = ({ scores }: CompiledModel): number => {
  let turns = 0;
  for (const score of scores.values()) {
    for (const decay of 'decays' in score ? score.decays : []) {
      if (!isDated(decay)) continue;
      for (let day = decay.turnAfter(0); day !== undefined; day = decay.turnAfter(day)) turns++;
    }
  }
  return Math.ceil(STEPS / (1 + turns / TURNS));
};
