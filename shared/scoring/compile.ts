import { milliseconds } from '../kernel/duration.ts';
import type { Json } from '../kernel/json.ts';
import { eventTest } from './event-test.ts';
import { anyOf, type MemberTest, memberTest } from './member-test.ts';
import type { Journey, Model, Rule, Stage } from './model.ts';
import type { HalfLives } from './score.ts';

export type CompiledRule = {
  readonly rule: Rule;
  readonly matches: (data: { [key: string]: Json }) => boolean;
  readonly cap: { readonly times: number; readonly per: number } | undefined;
};

export type CompiledStage = {
  readonly stage: Stage;
  /** What lets a member in. */
  readonly enter: MemberTest;
  /** What keeps a member in: what would let them in, or the looser condition for staying. */
  readonly keep: MemberTest;
};

export type CompiledJourney = {
  readonly journey: Journey;
  readonly appliesTo: MemberTest;
  readonly stages: readonly CompiledStage[];
};

export type CompiledModel = {
  readonly rulesOn: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly halfLives: HalfLives;
  readonly journeys: readonly CompiledJourney[];
  /** ms */
  readonly staleAfter: number;
};

const always: MemberTest = { holds: () => true, changesAfter: () => undefined };

const compiledRule = (rule: Rule): CompiledRule => ({
  rule,
  matches: rule.where ? eventTest(rule.where) : () => true,
  cap: rule.cap && {
    times: rule.cap.times,
    per: rule.cap.per === undefined ? Number.POSITIVE_INFINITY : milliseconds(rule.cap.per),
  },
});

const compiledStage = (stage: Stage, halfLives: HalfLives): CompiledStage => {
  const enter = stage.enter ? memberTest(stage.enter, halfLives) : always;
  return { stage, enter, keep: stage.stay ? anyOf([enter, memberTest(stage.stay, halfLives)]) : enter };
};

/** A valid model as an index of closures, ready to fold. */
export const compile = ({ scores, rules, journeys, staleAfter }: Model): CompiledModel => {
  const halfLives = Object.fromEntries(
    scores.map(({ id, halfLife }) => [id, halfLife === undefined ? undefined : milliseconds(halfLife)]),
  );
  return {
    rulesOn: Map.groupBy(rules.map(compiledRule), ({ rule }) => rule.on),
    halfLives,
    journeys: journeys.map((journey) => ({
      journey,
      appliesTo: memberTest(journey.appliesTo, halfLives),
      stages: journey.stages.map((stage) => compiledStage(stage, halfLives)),
    })),
    staleAfter: milliseconds(staleAfter),
  };
};

/** Before a model is published nothing counts and nobody is on a path; the ledger fills all the same. */
export const NO_MODEL: CompiledModel = { rulesOn: new Map(), halfLives: {}, journeys: [], staleAfter: 0 };
