import { type Combined, leavesOf } from '../../scoring/combined.ts';
import type { MemberLeaf } from '../../scoring/condition.ts';
import type { Model, Stage } from '../../scoring/model.ts';
import type { Finding, Lint } from '../finding.ts';
import { formulaOf } from '../formula.ts';
import { type PlacedStage, stagesOf } from '../places.ts';
import { possible } from '../possible.ts';
import { type Reach, reachOf } from '../reach.ts';
import { before, enters, keeps } from '../stage-formulas.ts';

/** What a score may have and still keep its points: anything else may be a way to fade. */
const lasting = new Set(['id', 'title', 'floor', 'ceiling', 'bands']);

/** Scores whose points keep their worth and only ever grow. */
const growing = ({ scores, rules }: Model): ReadonlySet<string> =>
  new Set(
    scores
      .filter((score) => Object.entries(score).every(([key, value]) => lasting.has(key) || value === undefined))
      .filter(({ id }) =>
        rules.every(({ score, points }) => score !== id || (typeof points === 'number' ? points : points.atLeast) >= 0),
      )
      .map(({ id }) => id),
  );

/** Whether a test that holds once holds for good: time since joining, what has happened once, and sums that only grow. */
const forGood = (leaf: MemberLeaf, grows: ReadonlySet<string>): boolean => {
  const rising =
    ('since' in leaf && leaf.since !== 'activity') ||
    'sequence' in leaf ||
    ('score' in leaf && grows.has(leaf.score)) ||
    ('count' in leaf && leaf.within === undefined && leaf.eq === undefined);
  return rising && leaf.lt === undefined && leaf.lte === undefined;
};

const negates = (condition: Combined<MemberLeaf>): boolean => {
  if ('all' in condition) return condition.all.some(negates);
  if ('any' in condition) return condition.any.some(negates);
  return 'not' in condition;
};

const lasts = (condition: Combined<MemberLeaf> | undefined, grows: ReadonlySet<string>): boolean =>
  condition !== undefined && !negates(condition) && leavesOf(condition, []).every(({ leaf }) => forGood(leaf, grows));

type Known = { readonly reach: ReadonlyMap<string, Reach>; readonly grows: ReadonlySet<string> };

const finding = ({ reach, grows }: Known, { journey, stage, path }: PlacedStage): readonly Finding[] => {
  const mayBeEntered = (one: Stage) => possible(enters(journey, one, reach));
  if (journey.stages.length === 1 || !mayBeEntered(stage) || before(journey, stage).some(mayBeEntered)) return [];
  const message = (why: string) =>
    `nobody ever leaves "${stage.id}" for another stage of "${journey.id}": no other goes before it, and ${why}`;
  const everybody = { all: [formulaOf(journey.appliesTo, reach), { not: keeps(journey, stage, reach) }] };
  if (!possible(everybody)) {
    return [{ path, level: 'warning', message: message('it takes everybody to whom the journey applies') }];
  }
  // The end of a path may well be meant to be one.
  return lasts(stage.stay ?? stage.enter, grows)
    ? [{ path, level: 'info', message: message('what it asks does not cease to hold') }]
    : [];
};

/** A stage that goes before all others, and whose condition cannot cease to hold: one way in, none out. */
export const stagesWithoutExit: Lint = {
  name: 'stages-without-exit',
  look: (model) => {
    const known = { reach: reachOf(model), grows: growing(model) };
    return stagesOf(model).flatMap((placed) => finding(known, placed));
  },
};
