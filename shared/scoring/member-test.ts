import { type CalendarPeriod, nextStart, startOf } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
import { valueAt } from '../kernel/json.ts';
import { everyOf, someOf } from '../kernel/predicates.ts';
import type {
  AttributeCondition,
  CountCondition,
  GradeCondition,
  MemberCondition,
  MemberLeaf,
  ScoreCondition,
  SequenceCondition,
  SinceCondition,
  StageCondition,
  StreakCondition,
  TagCondition,
} from './condition.ts';
import { folded, valueTest } from './data-test.ts';
import { dateTest } from './date-test.ts';
import { gradeAt } from './grade.ts';
import { historyKey } from './history.ts';
import { earlier, type MemberTest } from './instants.ts';
import { type CompiledScore, type CompiledScores, scoreValue, turnOf } from './score.ts';
import type { Grade } from './score-schema.ts';
import { sequenceKey } from './sequence.ts';
import type { Standing } from './standing.ts';
import { tagsOf } from './tags.ts';

const earliest =
  (tests: readonly MemberTest[]): MemberTest['changesAfter'] =>
  (standing, instant, horizon) => {
    let first: number | undefined;
    for (const test of tests) first = earlier(first, test.changesAfter(standing, instant, horizon));
    return first;
  };

const only = ([first, second]: readonly MemberTest[]): MemberTest | undefined => (second ? undefined : first);

const always = (): undefined => undefined;

const comparisons = {
  gt: (value: number, bound: number) => value > bound,
  gte: (value: number, bound: number) => value >= bound,
  lt: (value: number, bound: number) => value < bound,
  lte: (value: number, bound: number) => value <= bound,
} as const;
const operators = ['gt', 'gte', 'lt', 'lte'] as const;

const allOf = (tests: readonly MemberTest[]): MemberTest =>
  only(tests) ?? { holds: everyOf(tests.map(({ holds }) => holds)), changesAfter: earliest(tests) };

const anyOf = (tests: readonly MemberTest[]): MemberTest =>
  only(tests) ?? { holds: someOf(tests.map(({ holds }) => holds)), changesAfter: earliest(tests) };

const attributeTest = ({ attribute, ...rest }: AttributeCondition, timeZone: string): MemberTest => {
  const path = attribute.split('.');
  const test = valueTest(rest);
  const dates = dateTest(rest, timeZone);
  return {
    holds: ({ profile }, instant) => {
      const value = valueAt(profile.attributes, path);
      return test(value) && dates.holds(value, instant);
    },
    changesAfter: ({ profile }, instant) => dates.changesAfter(valueAt(profile.attributes, path), instant),
  };
};

const tagTest = ({ tag }: TagCondition): MemberTest => {
  const wanted = new Set([tag].flat().map(folded));
  return { holds: ({ profile }) => tagsOf(profile).some((one) => wanted.has(folded(one))), changesAfter: always };
};

const never: MemberTest = { holds: () => false, changesAfter: always };

const boundTest = (
  score: CompiledScore,
  bound: number,
  compare: (value: number, bound: number) => boolean,
): MemberTest => {
  const test = (value: number) => compare(value, bound);
  return {
    holds: (standing, instant) => test(scoreValue(score, standing, instant)),
    changesAfter: (standing, instant, horizon) => turnOf(score, standing, bound, test, instant, horizon),
  };
};

const scoreTest = (condition: ScoreCondition, scores: CompiledScores): MemberTest => {
  const score = scores.get(condition.score);
  if (!score) return never;
  return allOf(
    operators.flatMap((operator) => {
      const bound = condition[operator];
      return bound === undefined ? [] : [boundTest(score, bound, comparisons[operator])];
    }),
  );
};

const gradeTest = ({ grade, in: list }: GradeCondition, { scores, grades }: Reading): MemberTest => {
  const compiled = grades.get(grade);
  if (!compiled) return never;
  const among = new Set(list);
  const sides = [compiled.letter, compiled.number].flatMap(({ score: id, from }) => {
    const score = scores.get(id);
    return score ? from.map((bound) => boundTest(score, bound, comparisons.gte)) : [];
  });
  return {
    holds: (standing, instant) => among.has(gradeAt({ scores }, compiled, standing, instant)),
    changesAfter: earliest(sides),
  };
};

const beginnings = {
  activity: ({ activeAt }: Standing) => activeAt,
  joining: ({ profile }: Standing) => profile.joinedAt,
  leaving: ({ profile }: Standing) => profile.leftAt,
} as const;

/** Of what never began, no time has passed: every bound fails. */
const elapsedTest = (
  beginning: (standing: Standing) => number | undefined,
  condition: Pick<SinceCondition, (typeof operators)[number]>,
): MemberTest =>
  allOf(
    operators.flatMap((operator): MemberTest[] => {
      const duration = condition[operator];
      if (duration === undefined) return [];
      const compare = comparisons[operator];
      const bound = milliseconds(duration);
      const turnsAfter = operator === 'gt' || operator === 'lte' ? bound + 1 : bound;
      return [
        {
          holds: (standing, instant) => {
            const begun = beginning(standing);
            return begun !== undefined && compare(instant - begun, bound);
          },
          changesAfter: (standing, instant) => {
            const begun = beginning(standing);
            return begun !== undefined && begun + turnsAfter > instant ? begun + turnsAfter : undefined;
          },
        },
      ];
    }),
  );

const sequenceTest = (condition: SequenceCondition): MemberTest => {
  const key = sequenceKey(condition);
  const done = ({ history }: Standing) => history[key]?.at(-1);
  const ever: MemberTest = { holds: (standing) => done(standing) !== undefined, changesAfter: always };
  return allOf([ever, elapsedTest(done, condition)]);
};

/** How often a kind of event happened; what a window of time leaves behind drops out of it one by one. */
const countTest = (condition: CountCondition): MemberTest => {
  const key = historyKey(condition);
  const length = condition.within === undefined ? undefined : milliseconds(condition.within);
  const holds = valueTest(condition);
  return {
    holds: ({ history }, instant) => {
      const instants = history[key] ?? [];
      return holds(length === undefined ? instants.length : instants.filter((one) => one > instant - length).length);
    },
    changesAfter: ({ history }, instant) => {
      const next = length === undefined ? undefined : history[key]?.find((one) => one + length > instant);
      return next === undefined || length === undefined ? undefined : next + length;
    },
  };
};

/** The beginnings of so many calendar periods, the present one first. */
const periodsBack = (per: CalendarPeriod, count: number, instant: number, zone: string): number[] => {
  const begins = [startOf(per, instant, zone)];
  while (begins.length < count) begins.push(startOf(per, (begins.at(-1) ?? 0) - 1, zone));
  return begins;
};

const streakTest = (condition: StreakCondition, timeZone: string): MemberTest => {
  const { periods, per } = condition;
  const key = historyKey(condition);
  const back = (instant: number) => periodsBack(per, periods + 1, instant, timeZone);
  return {
    holds: ({ history }, instant) => {
      const seen = new Set(history[key] ?? []);
      return back(instant)
        .slice(1)
        .every((begin) => seen.has(begin));
    },
    changesAfter: ({ history }, instant) => {
      const latest = history[key]?.at(-1);
      // Once a period without anything lies between, no boundary makes a streak any more.
      const open = latest !== undefined && latest >= (back(instant).at(-1) ?? 0);
      return open ? nextStart(per, instant, timeZone) : undefined;
    },
  };
};

const stageTest = ({ journey, in: list }: StageCondition): MemberTest => {
  const among = new Set(list);
  return { holds: ({ stages }) => among.has(stages[journey]?.stage ?? ''), changesAfter: always };
};

const leafTest = (leaf: MemberLeaf, reading: Reading): MemberTest => {
  const { scores, timeZone } = reading;
  if ('attribute' in leaf) return attributeTest(leaf, timeZone);
  if ('tag' in leaf) return tagTest(leaf);
  if ('score' in leaf) return scoreTest(leaf, scores);
  if ('grade' in leaf) return gradeTest(leaf, reading);
  if ('since' in leaf) return elapsedTest(beginnings[leaf.since], leaf);
  if ('count' in leaf) return countTest(leaf);
  if ('last' in leaf) return elapsedTest(({ history }) => history[historyKey(leaf)]?.at(-1), leaf);
  if ('sequence' in leaf) return sequenceTest(leaf);
  return 'streak' in leaf ? streakTest(leaf, timeZone) : stageTest(leaf);
};

/** What a condition must know of the model to read a standing. */
export type Reading = {
  readonly scores: CompiledScores;
  readonly grades: ReadonlyMap<string, Grade>;
  readonly timeZone: string;
};

/** A single test, and how it came out. */
export type Answer = { readonly test: MemberLeaf; readonly holds: boolean };

/** A condition as its author wrote it, ready to be asked, also for the tests that decide its answer. */
export type StageTest = MemberTest & {
  readonly because: (standing: Standing, instant: number) => readonly Answer[];
};

/** Of an `all` that fails and an `any` that holds, only the parts that make it so. */
const deciding =
  (tests: readonly StageTest[], decides: boolean): StageTest['because'] =>
  (standing, instant) => {
    const those = tests.filter((test) => test.holds(standing, instant) === decides);
    return (those.length > 0 ? those : tests).flatMap((test) => test.because(standing, instant));
  };

/** Whether either of two conditions holds. */
export const eitherOf = (tests: readonly StageTest[]): StageTest => ({
  ...anyOf(tests),
  because: deciding(tests, true),
});

/** A condition of a journey or stage, ready to be asked. */
export const memberTest = (condition: MemberCondition, reading: Reading): StageTest => {
  if ('all' in condition) {
    const tests = condition.all.map((one) => memberTest(one, reading));
    return { ...allOf(tests), because: deciding(tests, false) };
  }
  if ('any' in condition) return eitherOf(condition.any.map((one) => memberTest(one, reading)));
  if ('not' in condition) {
    const { holds, changesAfter, because } = memberTest(condition.not, reading);
    return { holds: (standing, instant) => !holds(standing, instant), changesAfter, because };
  }
  const { holds, changesAfter } = leafTest(condition, reading);
  return {
    holds,
    changesAfter,
    because: (standing, instant) => [{ test: condition, holds: holds(standing, instant) }],
  };
};
