import type { ScoreCondition } from '../../scoring/condition.ts';
import type { Finding, Lint } from '../finding.ts';
import { formulaOf } from '../formula.ts';
import { testsIn } from '../places.ts';
import { possible } from '../possible.ts';
import { type Reach, reachOf } from '../reach.ts';

/** Cut after one decimal, not rounded: a bound that is shown must not look attainable where it is not. */
const shown = (value: number): string => {
  if (!Number.isFinite(value)) return value > 0 ? 'any height' : 'any depth';
  return String(Math.trunc(value * 10) / 10);
};

const finding = (leaf: ScoreCondition, path: readonly PropertyKey[], reach: ReadonlyMap<string, Reach>): Finding[] => {
  const bounds = reach.get(leaf.score);
  // What contradicts itself is another finding.
  if (!bounds || possible(formulaOf(leaf, reach)) || !possible(formulaOf(leaf))) return [];
  const message = `"${leaf.score}" cannot get there: points, caps and half-life leave it between ${shown(bounds.least)} and ${shown(bounds.greatest)}`;
  return [{ path, level: 'warning', message }];
};

/** Thresholds that a score can never pass. */
export const beyondReach: Lint = {
  name: 'beyond-reach',
  look: (model) => {
    const reach = reachOf(model);
    return testsIn(model).flatMap(({ leaf, path }) => ('score' in leaf ? finding(leaf, path, reach) : []));
  },
};
