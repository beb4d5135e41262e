import type { CompiledJourney, CompiledStage } from './compile.ts';
import type { StageTest } from './member-test.ts';
import type { Reason, Standing } from './standing.ts';

type Step = {
  readonly standing: Standing;
  /** Epoch ms. */
  readonly at: number;
  readonly from: CompiledStage | undefined;
  readonly to: CompiledStage | undefined;
};

/**
 * Why a member takes a step: what no longer keeps them where they were, and what lets them in where they come to; or
 * that the journey applies, or does so no more.
 */
export const reasons = ({ appliesTo }: CompiledJourney, { standing, at, from, to }: Step): readonly Reason[] => {
  const told = (stage: CompiledStage | undefined, { because }: StageTest): readonly Reason[] =>
    because(standing, at).map((answer) => ({ stage: stage?.stage.id ?? null, ...answer }));
  if (!appliesTo.holds(standing, at)) return told(undefined, appliesTo);
  return [
    ...(from ? [] : told(undefined, appliesTo)),
    ...(from && !from.keep.holds(standing, at) ? told(from, from.keep) : []),
    ...(to ? told(to, to.enter) : []),
  ];
};
