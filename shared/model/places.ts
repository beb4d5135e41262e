import { type Combined, leavesOf } from '../scoring/combined.ts';
import type { EventLeaf, MemberCondition } from '../scoring/condition.ts';
import type { DataCondition, FieldCondition } from '../scoring/data-condition.ts';
import type { Journey, Model, Stage } from '../scoring/model.ts';

export type Path = readonly PropertyKey[];
type Placed<Thing> = Thing & { readonly path: Path };

export type PlacedStage = Placed<{ readonly journey: Journey; readonly stage: Stage }>;

export const stagesOf = ({ journeys }: Model): readonly PlacedStage[] =>
  journeys.flatMap((journey, j) =>
    journey.stages.map((stage, s) => ({ journey, stage, path: ['journeys', j, 'stages', s] })),
  );

/** What facts, journeys and stages ask of a member. */
const memberConditions = (model: Model): readonly Placed<{ readonly condition: MemberCondition }>[] => [
  ...model.scores.flatMap(({ fit = [] }, i) =>
    fit.map(({ when }, f) => ({ condition: when, path: ['scores', i, 'fit', f, 'when'] })),
  ),
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
  ...stagesOf(model).flatMap(({ stage, path }) =>
    (stage.messages ?? []).flatMap(({ when }, i) =>
      when ? [{ condition: when, path: [...path, 'messages', i, 'when'] }] : [],
    ),
  ),
  ...(model.contactPolicy?.caps ?? []).flatMap(({ when }, i) =>
    when ? [{ condition: when, path: ['contactPolicy', 'caps', i, 'when'] }] : [],
  ),
];

/** The single tests of all conditions. */
export const testsIn = (model: Model): readonly Placed<{ readonly leaf: EventLeaf }>[] =>
  conditionsIn(model).flatMap(({ condition, path }) => leavesOf(condition, path));

type Asked = Placed<{ readonly type: string; readonly where: DataCondition | undefined }> & { readonly at: Path };

/** The kinds of event that a test asks about: where their type stands, and where (`at`) what their data must be. */
const eventsAsked = ({ leaf, path }: Placed<{ readonly leaf: EventLeaf }>): readonly Asked[] => {
  const asked = (type: string, key: string) => {
    const where = 'where' in leaf ? leaf.where : undefined;
    return [{ type, where, path: [...path, key], at: [...path, 'where'] }];
  };
  if ('count' in leaf) return asked(leaf.count, 'count');
  if ('last' in leaf) return asked(leaf.last, 'last');
  if ('streak' in leaf) return asked(leaf.streak, 'streak');
  if ('first' in leaf) return asked(leaf.first, 'first');
  if ('after' in leaf) return asked(leaf.after, 'after');
  if (!('sequence' in leaf)) return [];
  return leaf.sequence.map((step, i) => {
    const here = [...path, 'sequence', i];
    return typeof step === 'string'
      ? { type: step, where: undefined, path: here, at: here }
      : { type: step.event, where: step.where, path: [...here, 'event'], at: [...here, 'where'] };
  });
};

/** Every type of event that the model listens to or asks about. */
export const typesIn = (model: Model): readonly Placed<{ readonly type: string }>[] => [
  ...model.rules.map(({ on }, i) => ({ type: on, path: ['rules', i, 'on'] })),
  ...testsIn(model).flatMap((test) => eventsAsked(test).map(({ type, path }) => ({ type, path }))),
  ...(model.outcomes ?? []).map(({ on }, i) => ({ type: on, path: ['outcomes', i, 'on'] })),
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
  ...(model.outcomes ?? []).flatMap(({ on, where }, i) =>
    (where ? leavesOf(where, ['outcomes', i, 'where']) : []).map(({ leaf, path }) => ({ on, leaf, path })),
  ),
  ...testsIn(model).flatMap((test) =>
    eventsAsked(test).flatMap(({ type, where, at }) =>
      where === undefined ? [] : leavesOf(where, at).map(({ leaf, path }) => ({ on: type, leaf, path })),
    ),
  ),
];
