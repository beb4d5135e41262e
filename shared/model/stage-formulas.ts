import type { Journey, Stage } from '../scoring/model.ts';
import { ALWAYS, type Formula, formulaOf } from './formula.ts';
import type { Reach } from './reach.ts';

type Reaches = ReadonlyMap<string, Reach>;

/** What lets in whom the journey applies to. */
export const enters = ({ appliesTo }: Journey, { enter }: Stage, reach: Reaches): Formula => ({
  all: [formulaOf(appliesTo, reach), enter ? formulaOf(enter, reach) : ALWAYS],
});

/** What keeps in whom the journey applies to. */
export const keeps = (journey: Journey, stage: Stage, reach: Reaches): Formula =>
  stage.stay
    ? {
        any: [
          enters(journey, stage, reach),
          { all: [formulaOf(journey.appliesTo, reach), formulaOf(stage.stay, reach)] },
        ],
      }
    : enters(journey, stage, reach);

/** The stages that are chosen before this one where the conditions of both hold. On an ordered path, from here. */
export const before = ({ stages, ordered }: Journey, stage: Stage): readonly Stage[] => {
  const here = stages.indexOf(stage);
  return stages.filter(
    (other, i) =>
      (other.priority > stage.priority || (other.priority === stage.priority && i > here)) &&
      (!ordered || i <= here + 1),
  );
};
