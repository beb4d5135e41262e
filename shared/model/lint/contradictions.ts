import type { Combined } from '../../scoring/combined.ts';
import type { EventLeaf } from '../../scoring/condition.ts';
import type { Finding, Lint } from '../finding.ts';
import { formulaOf } from '../formula.ts';
import { conditionsIn } from '../places.ts';
import { possible } from '../possible.ts';

/** The parts of a condition that contradict themselves; what stands above such a part is not named as well. */
const contradictionsIn = (condition: Combined<EventLeaf>, path: readonly PropertyKey[]): readonly Finding[] => {
  const below =
    'any' in condition
      ? condition.any.flatMap((one, i) => contradictionsIn(one, [...path, 'any', i]))
      : 'all' in condition
        ? condition.all.flatMap((one, i) => contradictionsIn(one, [...path, 'all', i]))
        : [];
  if (below.length > 0 || possible(formulaOf(condition))) return below;
  return [{ path, level: 'warning', message: 'can never hold: no value fits all that it asks' }];
};

/** Conditions that hold for nothing and nobody. */
export const contradictions: Lint = {
  name: 'contradictions',
  look: (model) => conditionsIn(model).flatMap(({ condition, path }) => contradictionsIn(condition, path)),
};
