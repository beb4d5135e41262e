import {
  type Combined,
  type EventLeaf,
  type FieldCondition,
  type HistoryCondition,
  leavesOf,
  type MemberCondition,
} from '../scoring/condition.ts';
import type { Journey, Model, Stage } from '../scoring/model.ts';

export type Path = readonly PropertyKey[];
type Placed<Thing> = Thing & { readonly path: Path };

export type PlacedStage = Placed<{ readonly journey: Journey; readonly stage: Stage }>;

export const stagesOf = ({ journeys }: Model): readonly PlacedStage[] =>
  journeys.flatMap((journey, j) =>
    journey.stages.map((stage, s) => ({ journey, stage, path: ['journeys', j, 'stages', s] })),
  );

/** What the journeys and stages ask of a member. */
const memberConditions = (model: Model): readonly Placed<{ readonly condition: MemberCondition }>[] => [
  ...model.journeys.map(({ appliesTo }, j) => ({ condition: appliesTo, path: ['journeys', j, 'appliesTo'] })),
  ...stagesOf(model).flatMap(({ stage, path }) =>
    (['enter', 'stay'] as const).flatMap((key) => {
      const condition = stage[key];
      return condition ? [{ condition, path: [...path, key] }] : [];
    }),
  ),
];

/** Every condition in the model, with its place. */
export const conditionsIn = (model: Model): readonly Placed<{ readonly condition: Combined<EventLeaf> }>[] => [
  ...model.rules.flatMap(({ where }, i) => (where ? [{ condition: where, path: ['rules', i, 'where'] }] : [])),
  ...memberConditions(model),
];

/** The single tests of all conditions. */
export const testsIn = (model: Model): readonly Placed<{ readonly leaf: EventLeaf }>[] =>
  conditionsIn(model).flatMap(({ condition, path }) => leavesOf(condition, path));

const eventAsked = (leaf: EventLeaf): { readonly type: string; readonly key: string } | undefined => {
  if ('count' in leaf) return { type: leaf.count, key: 'count' };
  if ('last' in leaf) return { type: leaf.last, key: 'last' };
  return 'streak' in leaf ? { type: leaf.streak, key: 'streak' } : undefined;
};
const whereOf = (leaf: EventLeaf): HistoryCondition['where'] => ('where' in leaf ? leaf.where : undefined);

/** Every type of event that the model listens to or asks about. */
export const typesIn = (model: Model): readonly Placed<{ readonly type: string }>[] => [
  ...model.rules.map(({ on }, i) => ({ type: on, path: ['rules', i, 'on'] })),
  ...testsIn(model).flatMap(({ leaf, path }) => {
    const asked = eventAsked(leaf);
    return asked ? [{ type: asked.type, path: [...path, asked.key] }] : [];
  }),
];

/** Every test of a field of an event's data, with the type of the event. */
export const fieldTestsIn = (
  model: Model,
): readonly Placed<{ readonly on: string; readonly leaf: FieldCondition }>[] => [
  ...model.rules.flatMap(({ on, where }, i) =>
    (where ? leavesOf(where, ['rules', i, 'where']) : []).flatMap(({ leaf, path }) =>
      'field' in leaf ? [{ on, leaf, path }] : [],
    ),
  ),
  ...testsIn(model).flatMap(({ leaf, path }) => {
    const [type, where] = [eventAsked(leaf)?.type, whereOf(leaf)];
    if (type === undefined || where === undefined) return [];
    return leavesOf(where, [...path, 'where']).map(({ leaf, path }) => ({ on: type, leaf, path }));
  }),
];
