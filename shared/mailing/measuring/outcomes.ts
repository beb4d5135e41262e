import type { ActivityEvent } from '../../../events/envelope.ts';
import { milliseconds } from '../../kernel/duration.ts';
import { advance } from '../../scoring/advance.ts';
import { dataTest } from '../../scoring/data-test.ts';
import { evolve, NOBODY } from '../../scoring/evolve.ts';
import { horizons, houseOutcomes, type Outcome, type Success } from '../../scoring/experiment.ts';
import type { Journey, Model } from '../../scoring/model.ts';
import { comparePositions } from '../../scoring/position.ts';
import type { PublishedModel } from '../../scoring/published-model.ts';
import type { Standing } from '../../scoring/standing.ts';

export type Horizon = (typeof horizons)[number];

/** The model's outcomes, and those of the house that it does not say otherwise. */
export const outcomesOf = ({ outcomes = [] }: Pick<Model, 'outcomes'>): readonly Outcome[] => [
  ...outcomes,
  ...houseOutcomes.filter(({ id }) => !outcomes.some((own) => own.id === id)),
];

/** What came of a member by a horizon: the names of all that did. `success` is what the message is for. */
export type Result = { readonly kind: 'success' | 'outcome' | 'forward' | 'back'; readonly name: string };

/** The standing at instants, in ascending order, by what happened until then. */
const standingsAt = (
  { compiled }: Pick<PublishedModel, 'compiled'>,
  events: readonly ActivityEvent[],
  instants: readonly number[],
): Standing[] => {
  const ordered = events.toSorted(comparePositions);
  let standing: Standing = NOBODY;
  let next = 0;
  return instants.map((instant) => {
    for (let event = ordered[next]; event && event.time <= instant; event = ordered[++next])
      standing = evolve(compiled, standing, event).standing;
    return advance(compiled, standing, instant).standing;
  });
};

/** How far along a path somebody stands. Slipping away lies behind all of it, and not being on it further still. */
const placeOn = ({ id, stages }: Journey, { stages: its }: Standing): number => {
  const place = stages.findIndex((stage) => stage.id === its[id]?.stage);
  return stages[place]?.atRisk ? -0.5 : place;
};

const moves = ({ journeys }: Model, before: Standing, after: Standing): Result[] =>
  journeys.flatMap((journey): Result[] => {
    const by = placeOn(journey, after) - placeOn(journey, before);
    return by === 0 ? [] : [{ kind: by > 0 ? 'forward' : 'back', name: journey.id }];
  });

const isSuccess = (success: Success, happened: readonly string[], { stages }: Standing): boolean =>
  success.outcome === undefined
    ? (success.in ?? []).includes(stages[success.journey ?? '']?.stage ?? '')
    : happened.includes(success.outcome);

export type Follow = {
  readonly published: Omit<PublishedModel, 'version'>;
  readonly success: Success | undefined;
  /** Until when anything is known, epoch ms. */
  readonly until: number;
};

/**
 * What came of a member after an instant, by each horizon whose time is up. By the model given, also for what was before it;
 * late events count where they belong.
 */
export const resultsAfter = ({ published, success, until }: Follow) => {
  const { model } = published;
  const tests = outcomesOf(model).map(({ id, on, where }) => ({
    id,
    on,
    fits: where ? dataTest(where, model.timeZone) : () => true,
  }));
  return (at: number, events: readonly ActivityEvent[]): ReadonlyMap<Horizon, readonly Result[]> => {
    const over = horizons.filter((horizon) => at + milliseconds(horizon) <= until);
    if (over.length === 0) return new Map();
    const [before, ...afterwards] = standingsAt(published, events, [at, ...over.map((one) => at + milliseconds(one))]);
    return new Map(
      over.map((horizon, i) => {
        const end = at + milliseconds(horizon);
        const during = events.filter(({ time }) => time > at && time <= end);
        const happened = tests
          .filter(({ on, fits }) => during.some((event) => event.type === on && fits(event)))
          .map(({ id }) => id);
        const after = afterwards[i];
        const results: Result[] = [
          ...happened.map((name): Result => ({ kind: 'outcome', name })),
          ...(before && after ? moves(model, before, after) : []),
          ...(after && success?.within === horizon && isSuccess(success, happened, after)
            ? [{ kind: 'success', name: '' } as const]
            : []),
        ];
        return [horizon, results];
      }),
    );
  };
};
