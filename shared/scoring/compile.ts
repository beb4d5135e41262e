import { endOfDate, startOfDate } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
import { type Json, valueAt } from '../kernel/json.ts';
import { type CompiledCap, compileCap } from './caps.ts';
import { compileScores } from './compile-scores.ts';
import { type CompiledDecay, compileDecay } from './decay.ts';
import { type EventTest, eventTest } from './event-test.ts';
import { type Tracker, trackersOf } from './history.ts';
import type { MemberTest } from './instants.ts';
import { anyOf, memberTest, type Reading } from './member-test.ts';
import type { Journey, Model, Rule, Stage } from './model.ts';
import type { CompiledScores } from './score.ts';
import { type Decay, decayOf, type Grade } from './score-schema.ts';

export type CompiledRule = {
  readonly rule: Rule;
  readonly matches: EventTest;
  /** What the rule is worth for an event with this data; undefined where the data has no number for it. */
  readonly points: (data: { [key: string]: Json }) => number | undefined;
  readonly caps: readonly CompiledCap[];
  /** How its points fade. */
  readonly decay: CompiledDecay;
};

export type CompiledStage = {
  readonly stage: Stage;
  /** What lets a member in. */
  readonly enter: MemberTest;
  /** What keeps a member in: what would let them in, or the looser condition for staying. */
  readonly keep: MemberTest;
  /** ms; 0 where there is none. */
  readonly leastStay: number;
  readonly coolDown: number;
};

export type CompiledJourney = {
  readonly journey: Journey;
  readonly appliesTo: MemberTest;
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

const always: MemberTest = { holds: () => true, changesAfter: () => undefined };

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

const compiledRule = (rule: Rule, decay: Decay, reading: Reading): CompiledRule => ({
  rule,
  decay: compileDecay(rule.decay ?? decay),
  matches: matchesOf(rule, reading),
  points: pointsOf(rule.points),
  caps: rule.cap.map((cap, i) => compileCap(i === 0 ? rule.id : `${rule.id}.${i}`, cap, reading.timeZone)),
});

const compiledStage = (stage: Stage, reading: Reading): CompiledStage => {
  const enter = stage.enter ? memberTest(stage.enter, reading) : always;
  return {
    stage,
    enter,
    keep: stage.stay ? anyOf([enter, memberTest(stage.stay, reading)]) : enter,
    leastStay: stage.leastStay === undefined ? 0 : milliseconds(stage.leastStay),
    coolDown: stage.coolDown === undefined ? 0 : milliseconds(stage.coolDown),
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
    trackersOn: trackersOf({ rules, journeys, timeZone }),
    timeZone,
    rulesOn: Map.groupBy(
      rules.map((rule) => compiledRule(rule, decays.get(rule.score) ?? 'none', reading)),
      ({ rule }) => rule.on,
    ),
    scores,
    grades,
    journeys: journeys.map((journey) => ({
      journey,
      appliesTo: memberTest(journey.appliesTo, reading),
      stages: journey.stages
        .map((stage) => compiledStage(stage, reading))
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
