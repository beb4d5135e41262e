import { endOfDate, startOfDate } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
import { type Json, valueAt } from '../kernel/json.ts';
import { type CompiledCap, compileCap } from './caps.ts';
import { compileScores } from './compile-scores.ts';
import { type CompiledDecay, compileDecay } from './decay.ts';
import { type EventTest, eventTest } from './event-test.ts';
import { type Tracker, trackersOf } from './history.ts';
import type { MemberTest } from './instants.ts';
import { eitherOf, memberTest, type Reading, type StageTest } from './member-test.ts';
import type { Cap, Journey, Model, Rule, Stage } from './model.ts';
import type { PlannedMessage } from './planned-message.ts';
import type { CompiledScores } from './score.ts';
import { type Decay, decayOf, type Grade } from './score-schema.ts';

export type CompiledRule = {
  readonly rule: Rule;
  readonly matches: EventTest;
  /** What the rule is worth for an event with this data; undefined where the data has no number for it. */
  readonly points: (data: { [key: string]: Json }) => number | undefined;
  /** Its own, then those of its group. */
  readonly caps: readonly CompiledCap[];
  /** How its points fade. */
  readonly decay: CompiledDecay;
  /** Whether an event that fits shows that the member is there; undefined: what the points say. */
  readonly signOfLife: boolean | undefined;
};

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
  readonly rulesOn: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly scores: CompiledScores;
  readonly grades: ReadonlyMap<string, Grade>;
  readonly journeys: readonly CompiledJourney[];
  /** ms */
  readonly staleAfter: number;
};

const always: StageTest = { holds: () => true, changesAfter: () => undefined, because: () => [] };

const pointsOf = (points: Rule['points']): CompiledRule['points'] => {
  if (typeof points === 'number') return () => points;
  const { field, times, atLeast, atMost } = points;
  const path = field.split('.');
  return (data) => {
    const value = valueAt(data, path);
    return typeof value === 'number' ? Math.min(Math.max(value * times, atLeast), atMost) : undefined;
  };
};

const matchesOf = ({ where, from, until }: Rule, reading: Reading): EventTest => {
  const { timeZone } = reading;
  const fits = where ? eventTest(where, reading) : () => true;
  if (from === undefined && until === undefined) return fits;
  const begins = from === undefined ? Number.NEGATIVE_INFINITY : startOfDate(from, timeZone);
  const ends = until === undefined ? Number.POSITIVE_INFINITY : endOfDate(until, timeZone);
  return (event, standing) => event.time >= begins && event.time < ends && fits(event, standing);
};

/** Of several caps, the first lies under the name itself. */
const compiledCaps = (name: string, caps: readonly Cap[], timeZone: string): readonly CompiledCap[] =>
  caps.map((cap, i) => compileCap(i === 0 ? name : `${name}.${i}`, cap, timeZone));

/** What a system of record says of somebody: a nightly copy of the register shows nothing of whom it is about. */
const hearsay = new Set(['member.updated', 'member.tagged', 'member.untagged']);

const compiledRule = (rule: Rule, { capGroups }: Model, decay: Decay, reading: Reading): CompiledRule => ({
  rule,
  decay: compileDecay(rule.decay ?? decay),
  matches: matchesOf(rule, reading),
  points: pointsOf(rule.points),
  caps: [
    ...compiledCaps(rule.id, rule.cap, reading.timeZone),
    ...capGroups
      .filter(({ id }) => id === rule.capGroup)
      .flatMap(({ id, cap }) => compiledCaps(`group#${id}`, cap, reading.timeZone)),
  ],
  signOfLife: rule.signOfLife ?? (hearsay.has(rule.on) ? false : undefined),
});

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

/** A valid model as an index of closures, ready to fold. */
export const compile = (model: Model): CompiledModel => {
  const { rules, journeys, staleAfter, timeZone } = model;
  const decays = new Map(model.scores.map((score) => [score.id, decayOf(score)]));
  const scores = compileScores(model);
  const grades = new Map(model.grades.map((grade) => [grade.id, grade]));
  const reading = { scores, grades, timeZone };
  return {
    trackersOn: trackersOf(model),
    timeZone,
    rulesOn: Map.groupBy(
      rules.map((rule) => compiledRule(rule, model, decays.get(rule.score) ?? 'none', reading)),
      ({ rule }) => rule.on,
    ),
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
  staleAfter: 0,
};
