import { milliseconds } from '../kernel/duration.ts';
import { type CompiledRule, compileRule } from './compile-rule.ts';
import { compileScores } from './compile-scores.ts';
import { type Tracker, trackersOf } from './history.ts';
import type { MemberTest } from './instants.ts';
import { eitherOf, memberTest, type Reading, type StageTest } from './member-test.ts';
import type { Journey, Model, Stage } from './model.ts';
import type { PlannedMessage } from './planned-message.ts';
import { type RuleIndex, ruleIndex } from './rule-index.ts';
import type { CompiledScores } from './score.ts';
import { decayOf, type Grade } from './score-schema.ts';
import { turnsOf } from './turns.ts';

export type CompiledPlan = {
  readonly plan: PlannedMessage;
  readonly when: MemberTest | undefined;
  /** How long after entering the stage, ms; undefined where it is not for those who stay. */
  readonly stay: number | undefined;
};

export type CompiledStage = {
  readonly stage: Stage;
  /** Where it stands on the path, from 0. */
  readonly place: number;
  /** What lets a member in. */
  readonly enter: StageTest;
  /** What keeps a member in: what would let them in, or the looser condition for staying. */
  readonly keep: StageTest;
  /** ms; 0 where there is none. */
  readonly leastStay: number;
  readonly coolDown: number;
  readonly plans: readonly CompiledPlan[];
};

export type CompiledJourney = {
  readonly journey: Journey;
  readonly appliesTo: StageTest;
  /** The one that wins first. */
  readonly stages: readonly CompiledStage[];
};

export type CompiledModel = {
  readonly trackersOn: ReadonlyMap<string, readonly Tracker[]>;
  readonly timeZone: string;
  readonly rulesOn: ReadonlyMap<string, RuleIndex<CompiledRule>>;
  readonly scores: CompiledScores;
  readonly grades: ReadonlyMap<string, Grade>;
  readonly journeys: readonly CompiledJourney[];
  /** Of all that bears on the member's stages. */
  readonly turnsAfter: MemberTest['changesAfter'];
  /** ms */
  readonly staleAfter: number;
};

const always: StageTest = { holds: () => true, changesAfter: () => undefined, because: () => [] };

const compiledStage = (stage: Stage, place: number, reading: Reading): CompiledStage => {
  const enter = stage.enter ? memberTest(stage.enter, reading) : always;
  return {
    stage,
    place,
    enter,
    keep: stage.stay ? eitherOf([enter, memberTest(stage.stay, reading)]) : enter,
    leastStay: stage.leastStay === undefined ? 0 : milliseconds(stage.leastStay),
    coolDown: stage.coolDown === undefined ? 0 : milliseconds(stage.coolDown),
    plans: (stage.messages ?? []).map((plan) => ({
      plan,
      when: plan.when && memberTest(plan.when, reading),
      stay: plan.after === undefined ? undefined : milliseconds(plan.after),
    })),
  };
};

const conditionsOf = ({ appliesTo, stages }: Journey) => [
  appliesTo,
  ...stages.flatMap(({ enter, stay }) => [enter, stay].filter((one) => one !== undefined)),
];

/** A valid model as an index of closures, ready to fold. */
export const compile = (model: Model): CompiledModel => {
  const { rules, journeys, staleAfter, timeZone } = model;
  const decays = new Map(model.scores.map((score) => [score.id, decayOf(score)]));
  const scores = compileScores(model);
  const grades = new Map(model.grades.map((grade) => [grade.id, grade]));
  const reading = { scores, grades, timeZone };
  const rulesByType = Map.groupBy(
    rules.map((rule) => compileRule(rule, model, decays.get(rule.score) ?? 'none', reading)),
    ({ rule }) => rule.on,
  );
  return {
    trackersOn: trackersOf(model),
    timeZone,
    rulesOn: new Map([...rulesByType].map(([type, same]) => [type, ruleIndex(same)])),
    scores,
    grades,
    journeys: journeys.map((journey) => ({
      journey,
      appliesTo: memberTest(journey.appliesTo, reading),
      stages: journey.stages
        .map((stage, place) => compiledStage(stage, place, reading))
        .reverse()
        .sort((a, b) => b.stage.priority - a.stage.priority),
    })),
    turnsAfter: turnsOf(journeys.flatMap(conditionsOf), reading),
    staleAfter: milliseconds(staleAfter),
  };
};

/** Before a model is published nothing counts and nobody is on a path; the ledger fills all the same. */
export const NO_MODEL: CompiledModel = {
  trackersOn: new Map(),
  timeZone: 'UTC',
  rulesOn: new Map(),
  scores: new Map(),
  grades: new Map(),
  journeys: [],
  turnsAfter: () => undefined,
  staleAfter: 0,
};
