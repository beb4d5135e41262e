import type { Model } from '../../scoring/model.ts';
import type { Finding, Lint } from '../finding.ts';
import { formulaOf } from '../formula.ts';
import { type PlacedStage, stagesOf } from '../places.ts';
import { possible } from '../possible.ts';
import { type Reach, reachOf } from '../reach.ts';
import { before, enters } from '../stage-formulas.ts';

const covering = ({ journey, stage }: PlacedStage, reach: ReadonlyMap<string, Reach>): readonly string[] => {
  // Whoever goes one stage at a time passes through, if only for an instant.
  if (journey.ordered) return [];
  // Who may not come back yet leaves the way free.
  const rivals = before(journey, stage).filter(({ coolDown }) => coolDown === undefined);
  const here = enters(journey, stage, reach);
  const free = (of: typeof rivals) =>
    possible({ all: [here, { not: { any: of.map((rival) => enters(journey, rival, reach)) } }] });
  const alone = rivals.find((rival) => !free([rival]));
  if (alone) return [alone.id];
  return free(rivals) ? [] : rivals.map(({ id }) => id);
};

/** On an ordered path, the first stage before this one that nobody can enter. */
const barring = ({ journey, stage }: PlacedStage, reach: ReadonlyMap<string, Reach>): string | undefined =>
  journey.ordered
    ? journey.stages.slice(0, journey.stages.indexOf(stage)).find((passed) => !possible(enters(journey, passed, reach)))
        ?.id
    : undefined;

const finding = (placed: PlacedStage, reach: ReadonlyMap<string, Reach>): readonly Finding[] => {
  const { journey, stage, path } = placed;
  const at = stage.enter ? [...path, 'enter'] : path;
  // A condition that fails by itself is another finding.
  if (stage.enter && !possible(formulaOf(stage.enter, reach))) return [];
  if (!possible(formulaOf(journey.appliesTo, reach))) return [];
  if (!possible(enters(journey, stage, reach))) {
    const message = `nobody ever enters "${stage.id}": what it asks contradicts whom the journey "${journey.id}" applies to`;
    return [{ path: at, level: 'warning', message }];
  }
  const gate = barring(placed, reach);
  if (gate !== undefined) {
    const message = `nobody ever enters "${stage.id}": the way there leads through "${gate}", which nobody enters`;
    return [{ path: at, level: 'warning', message }];
  }
  const [first, ...more] = covering(placed, reach);
  if (first === undefined) return [];
  const others = [first, ...more].map((id) => `"${id}"`).join(', ');
  const message = `nobody ever enters "${stage.id}": whoever could, stands in ${more.length > 0 ? 'one of ' : ''}${others}, which ${more.length > 0 ? 'go' : 'goes'} before it`;
  return [{ path: at, level: 'warning', message }];
};

/** Stages that nobody can enter, because the journey does not apply or because others always go before them. */
export const unreachableStages: Lint = {
  name: 'unreachable-stages',
  look: (model: Model) => {
    const reach = reachOf(model);
    return stagesOf(model).flatMap((placed) => finding(placed, reach));
  },
};
