import type { CompiledJourney, CompiledModel } from './compile.ts';
import { earlier } from './member-test.ts';
import type { StageState, Standing, Transition } from './standing.ts';

export type Advanced = { readonly standing: Standing; readonly transitions: readonly Transition[] };

/** The stage that a member stands in at an instant: the furthest whose condition holds. */
const stageAt = (
  { appliesTo, stages }: CompiledJourney,
  standing: Standing,
  present: string | undefined,
  at: number,
) => {
  if (!appliesTo.holds(standing, at)) return undefined;
  return stages.findLast(({ stage, enter, keep }) => (stage.id === present ? keep : enter).holds(standing, at))?.stage
    .id;
};

/** The standing with every journey's stage as it is at an instant, given the standing's events and scores. */
export const placed = (model: CompiledModel, standing: Standing, at: number): Advanced => {
  let stages: Record<string, StageState> | undefined;
  const transitions: Transition[] = [];
  for (const journey of model.journeys) {
    const { id } = journey.journey;
    const present = standing.stages[id]?.stage;
    const stage = stageAt(journey, standing, present, at);
    if (stage === present) continue;
    stages ??= { ...standing.stages };
    if (stage === undefined) delete stages[id];
    else stages[id] = { stage, since: at };
    transitions.push({ journey: id, from: present ?? null, to: stage ?? null, at });
  }
  return { standing: stages ? { ...standing, stages } : standing, transitions };
};

/** The first instant after this one at which any condition that bears on the member's stages changes by itself. */
const nextChange = ({ journeys }: CompiledModel, standing: Standing, after: number): number | undefined => {
  let next: number | undefined;
  for (const { appliesTo, stages } of journeys) {
    next = earlier(next, appliesTo.changesAfter(standing, after));
    // `keep` holds all that `enter` does.
    for (const { keep } of stages) next = earlier(next, keep.changesAfter(standing, after));
  }
  return next;
};

/**
 * The standing as it is at an instant (epoch ms), with every change of stage that time alone brought on the way, each
 * at its exact instant. How often one looks makes no difference. An instant before `asOf` changes nothing.
 */
export const advance = (model: CompiledModel, standing: Standing, instant: number): Advanced => {
  const transitions: Transition[] = [];
  let now = standing;
  let at = nextChange(model, now, now.asOf);
  while (at !== undefined && at <= instant) {
    const next = placed(model, now, at);
    transitions.push(...next.transitions);
    now = next.standing;
    at = nextChange(model, now, at);
  }
  return { standing: instant > now.asOf ? { ...now, asOf: instant } : now, transitions };
};

/** The next instant (epoch ms) at which the member changes stage if nothing happens; undefined: never. */
export const due = (model: CompiledModel, standing: Standing): number | undefined => {
  let at = nextChange(model, standing, standing.asOf);
  while (at !== undefined) {
    if (placed(model, standing, at).transitions.length > 0) return at;
    at = nextChange(model, standing, at);
  }
  return undefined;
};
