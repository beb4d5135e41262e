import { endOfDate, startOfDate } from '../kernel/calendar-period.ts';
import { type Json, valueAt } from '../kernel/json.ts';
import { everyOf } from '../kernel/predicates.ts';
import { type CompiledCap, compileCap } from './caps.ts';
import type { EventCondition } from './condition.ts';
import { type CompiledDecay, compileDecay } from './decay.ts';
import { type EventTest, eventTest } from './event-test.ts';
import { isTabular } from './field-table.ts';
import type { Reading } from './member-test.ts';
import type { Cap, Model, Rule } from './model.ts';
import type { Indexed } from './rule-index.ts';
import type { CompiledScore, EarnedScore } from './score.ts';
import type { Decay } from './score-schema.ts';

export type CompiledRule = Indexed & {
  readonly rule: Rule;
  /** The score it feeds; undefined where that is none that rules feed. */
  readonly score: EarnedScore | undefined;
  /** What the rule is worth for an event with this data; undefined where the data has no number for it. */
  readonly points: (data: { [key: string]: Json }) => number | undefined;
  /** Its own, then those of its group. */
  readonly caps: readonly CompiledCap[];
  /** How its points fade: one of the ways of its score. */
  readonly decay: CompiledDecay;
  /** Whether an event that fits shows that the member is there; undefined: what the points say. */
  readonly signOfLife: boolean | undefined;
};

const pointsOf = (points: Rule['points']): CompiledRule['points'] => {
  if (typeof points === 'number') return () => points;
  const { field, times, atLeast, atMost } = points;
  const path = field.split('.');
  return (data) => {
    const value = valueAt(data, path);
    return typeof value === 'number' ? Math.min(Math.max(value * times, atLeast), atMost) : undefined;
  };
};

const within = ({ from, until }: Rule, timeZone: string): EventTest[] => {
  if (from === undefined && until === undefined) return [];
  const begins = from === undefined ? Number.NEGATIVE_INFINITY : startOfDate(from, timeZone);
  const ends = until === undefined ? Number.POSITIVE_INFINITY : endOfDate(until, timeZone);
  return [({ time }) => time >= begins && time < ends];
};

/** What all must hold for a condition to hold. */
const partsOf = (condition: EventCondition): readonly EventCondition[] =>
  'all' in condition ? condition.all.flatMap(partsOf) : [condition];

const indexed = (rule: Rule, reading: Reading): Indexed => {
  const parts = rule.where ? partsOf(rule.where) : [];
  const lookups = parts.filter((part) => 'field' in part).filter(isTabular);
  const others = parts.filter((part) => !('field' in part && isTabular(part)));
  const rest = [...within(rule, reading.timeZone), ...others.map((part) => eventTest(part, reading))];
  return { lookups, rest: rest.length === 0 ? undefined : everyOf(rest) };
};

/** Of several caps, the first lies under the name itself. */
const compiledCaps = (name: string, caps: readonly Cap[], timeZone: string): readonly CompiledCap[] =>
  caps.map((cap, i) => compileCap(i === 0 ? name : `${name}.${i}`, cap, timeZone));

/** What a system of record says of somebody: a nightly copy of the register shows nothing of whom it is about. */
const hearsay = new Set(['member.updated', 'member.tagged', 'member.untagged']);

const earned = (score: CompiledScore | undefined): EarnedScore | undefined =>
  score && 'decays' in score ? score : undefined;

/** @param decay how the points of its score fade, where the rule says nothing else */
export const compileRule = (rule: Rule, { capGroups }: Model, decay: Decay, reading: Reading): CompiledRule => {
  const score = earned(reading.scores.get(rule.score));
  const own = compileDecay(rule.decay ?? decay);
  return {
    ...indexed(rule, reading),
    rule,
    score,
    decay: score?.decays.find(({ key }) => key === own.key) ?? own,
    points: pointsOf(rule.points),
    caps: [
      ...compiledCaps(rule.id, rule.cap, reading.timeZone),
      ...capGroups
        .filter(({ id }) => id === rule.capGroup)
        .flatMap(({ id, cap }) => compiledCaps(`group#${id}`, cap, reading.timeZone)),
    ],
    signOfLife: rule.signOfLife ?? (hearsay.has(rule.on) ? false : undefined),
  };
};
