import type { GradeCondition, MemberCondition, MemberLeaf, ScoreCondition, StageCondition } from './condition.ts';
import { elapsedTest } from './elapsed-test.ts';
import { gradeAt } from './grade.ts';
import { historyTest } from './history-test.ts';
import type { MemberTest } from './instants.ts';
import { attributeTest, tagTest } from './profile-test.ts';
import { type CompiledScore, type CompiledScores, scoreValue, turnOf } from './score.ts';
import type { Grade } from './score-schema.ts';
import type { Standing } from './standing.ts';
import { allOf, always, anyOf, comparisons, earliest, operators } from './tests-together.ts';

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

const stageTest = ({ journey, in: list }: StageCondition): MemberTest => {
  const among = new Set(list);
  return { holds: ({ stages }) => among.has(stages[journey]?.stage ?? ''), changesAfter: always };
};

/** A single test, ready to be asked. */
export const leafTest = (leaf: MemberLeaf, reading: Reading): MemberTest => {
  const { scores, timeZone } = reading;
  if ('attribute' in leaf) return attributeTest(leaf, timeZone);
  if ('tag' in leaf) return tagTest(leaf);
  if ('score' in leaf) return scoreTest(leaf, scores);
  if ('grade' in leaf) return gradeTest(leaf, reading);
  if ('since' in leaf) return elapsedTest(beginnings[leaf.since], leaf);
  return 'journey' in leaf ? stageTest(leaf) : historyTest(leaf, timeZone);
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
