import type { CompiledJourney, CompiledModel, CompiledStage } from './compile.ts';
import { earlier } from './instants.ts';
import { reasons } from './reasons.ts';
import type { StageState, Standing, Transition } from './standing.ts';

export type Advanced = { readonly standing: Standing; readonly transitions: readonly Transition[] };

const leftKey = (journey: string, stage: string): string => `${journey}#${stage}`;

/** The stage that a member is in, as the model has it; undefined also where it has none of that name. */
const stageOf = ({ stages }: CompiledJourney, present: StageState | undefined): CompiledStage | undefined => {
  if (present === undefined) return undefined;
  for (const one of stages) if (one.stage.id === present.stage) return one;
  return undefined;
};

/** When the member may come back to a stage, and when they may leave the one they are in; epoch ms. */
const backFrom = ({ journey }: CompiledJourney, { stage, coolDown }: CompiledStage, { left }: Standing): number =>
  coolDown === 0
    ? Number.NEGATIVE_INFINITY
    : (left[leftKey(journey.id, stage.id)] ?? Number.NEGATIVE_INFINITY) + coolDown;
const freeFrom = (here: CompiledStage | undefined, { since }: StageState): number => since + (here?.leastStay ?? 0);

/** The stage that a member stands in at an instant: the first to win whose condition holds, and that is not too far. */
const stageAt = (journey: CompiledJourney, standing: Standing, present: StageState | undefined, at: number) => {
  if (!journey.appliesTo.holds(standing, at)) return undefined;
  const here = stageOf(journey, present);
  if (present && at < freeFrom(here, present)) return here;
  const furthest = journey.journey.ordered ? (here?.place ?? -1) + 1 : Number.POSITIVE_INFINITY;
  for (const one of journey.stages) {
    const holds =
      one === here
        ? one.keep.holds(standing, at)
        : one.place <= furthest && at >= backFrom(journey, one, standing) && one.enter.holds(standing, at);
    if (holds) return one;
  }
  return undefined;
};

const moved = (journey: CompiledJourney, standing: Standing, stage: string | undefined, at: number): Standing => {
  const { id } = journey.journey;
  const { [id]: present, ...others } = standing.stages;
  const from = stageOf(journey, present);
  return {
    ...standing,
    stages: stage === undefined ? others : { ...others, [id]: { stage, since: at } },
    left: from && from.coolDown > 0 ? { ...standing.left, [leftKey(id, from.stage.id)]: at } : standing.left,
  };
};

/** One step in one journey; undefined where the member stays. */
const step = (journey: CompiledJourney, standing: Standing, at: number): Transition | undefined => {
  const { id } = journey.journey;
  const present = standing.stages[id];
  const to = stageAt(journey, standing, present, at);
  if (to?.stage.id === present?.stage) return undefined;
  const from = stageOf(journey, present);
  const because = reasons(journey, { standing, at, from, to });
  return { journey: id, from: present?.stage ?? null, to: to?.stage.id ?? null, at, because };
};

/**
 * The standing with every journey's stage as it is at an instant, given the standing's events and scores. A journey may
 * ask about those before it, so they go in turn. On an ordered one, several steps may be taken at one instant: first
 * back as far as the conditions say or one forward, then only forward.
 */
export const placed = (model: CompiledModel, standing: Standing, at: number): Advanced => {
  const transitions: Transition[] = [];
  let now = standing;
  for (const journey of model.journeys) {
    let next = step(journey, now, at);
    while (next) {
      transitions.push(next);
      now = moved(journey, now, next.to ?? undefined, at);
      next = journey.journey.ordered ? step(journey, now, at) : undefined;
    }
  }
  return { standing: now, transitions };
};

/** Nothing has happened yet that counts: then no time that passes means anything. */
const isNobody = ({ activeAt }: Standing): boolean => activeAt === undefined;

const ifAfter = (instant: number, after: number): number | undefined => (instant > after ? instant : undefined);

/** The first instant after this one at which any condition that bears on the member's stages changes by itself. */
const nextChange = (
  { journeys, turnsAfter }: CompiledModel,
  standing: Standing,
  after: number,
  horizon: number,
): number | undefined => {
  let next = turnsAfter(standing, after, horizon);
  for (const journey of journeys) {
    const present = standing.stages[journey.journey.id];
    if (present) next = earlier(next, ifAfter(freeFrom(stageOf(journey, present), present), after));
    for (const stage of journey.stages) {
      if (stage.coolDown > 0) next = earlier(next, ifAfter(backFrom(journey, stage, standing), after));
    }
  }
  return next;
};

/**
 * The standing as it is at an instant (epoch ms), with every change of stage that time alone brought on the way, each
 * at its exact instant. How often one looks makes no difference. An instant before `asOf` changes nothing.
 */
export const advance = (model: CompiledModel, standing: Standing, instant: number): Advanced => {
  if (isNobody(standing))
    return { standing: instant > standing.asOf ? { ...standing, asOf: instant } : standing, transitions: [] };
  // Two events of one moment are common: no time passes between them, and nothing is to be searched for.
  if (instant <= standing.asOf) return { standing, transitions: [] };
  const transitions: Transition[] = [];
  let now = standing;
  let at = nextChange(model, now, now.asOf, instant);
  while (at !== undefined && at <= instant) {
    const next = placed(model, now, at);
    transitions.push(...next.transitions);
    now = next.standing;
    at = nextChange(model, now, at, instant);
  }
  return { standing: instant > now.asOf ? { ...now, asOf: instant } : now, transitions };
};

/** The next instant (epoch ms) at which the member changes stage if nothing happens; undefined: never. */
export const due = (model: CompiledModel, standing: Standing): number | undefined => {
  if (isNobody(standing)) return undefined;
  let at = nextChange(model, standing, standing.asOf, Number.POSITIVE_INFINITY);
  while (at !== undefined) {
    if (placed(model, standing, at).transitions.length > 0) return at;
    at = nextChange(model, standing, at, Number.POSITIVE_INFINITY);
  }
  return undefined;
};
