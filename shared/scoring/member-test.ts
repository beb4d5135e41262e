import { milliseconds } from '../kernel/duration.ts';
import { valueAt } from '../kernel/json.ts';
import type { AttributeCondition, MemberCondition, ScoreCondition, SinceCondition } from './condition.ts';
import { valueTest } from './event-test.ts';
import { crossing, decayed, type HalfLives } from './score.ts';
import type { Standing } from './standing.ts';

/** A condition on a member at an instant. Both instants are epoch ms, of the standing's `asOf` or later. */
export type MemberTest = {
  readonly holds: (standing: Standing, instant: number) => boolean;
  /** The first instant after this one at which some part of the condition changes by time alone. */
  readonly changesAfter: (standing: Standing, instant: number) => number | undefined;
};

/** The earlier of two instants, where undefined is never. */
export const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

const earliest =
  (tests: readonly MemberTest[]): MemberTest['changesAfter'] =>
  (standing, instant) => {
    let first: number | undefined;
    for (const test of tests) first = earlier(first, test.changesAfter(standing, instant));
    return first;
  };

const always = (): undefined => undefined;

const comparisons = {
  gt: (value: number, bound: number) => value > bound,
  gte: (value: number, bound: number) => value >= bound,
  lt: (value: number, bound: number) => value < bound,
  lte: (value: number, bound: number) => value <= bound,
} as const;
const operators = ['gt', 'gte', 'lt', 'lte'] as const;

const allOf = (tests: readonly MemberTest[]): MemberTest => ({
  holds: (standing, instant) => tests.every((test) => test.holds(standing, instant)),
  changesAfter: earliest(tests),
});

export const anyOf = (tests: readonly MemberTest[]): MemberTest => ({
  holds: (standing, instant) => tests.some((test) => test.holds(standing, instant)),
  changesAfter: earliest(tests),
});

const attributeTest = ({ attribute, ...rest }: AttributeCondition): MemberTest => {
  const path = attribute.split('.');
  const test = valueTest(rest);
  return { holds: ({ profile }) => test(valueAt(profile.attributes, path)), changesAfter: always };
};

const scoreTest = (condition: ScoreCondition, halfLives: HalfLives): MemberTest => {
  const halfLife = halfLives[condition.score];
  return allOf(
    operators.flatMap((operator): MemberTest[] => {
      const bound = condition[operator];
      if (bound === undefined) return [];
      const compare = comparisons[operator];
      return [
        {
          holds: ({ scores }, instant) => compare(decayed(scores[condition.score], halfLife, instant), bound),
          changesAfter: ({ scores }, instant) =>
            crossing(scores[condition.score], halfLife, bound, (value) => compare(value, bound), instant),
        },
      ];
    }),
  );
};

const beginnings = {
  activity: ({ activeAt }: Standing) => activeAt,
  joining: ({ profile }: Standing) => profile.joinedAt,
  leaving: ({ profile }: Standing) => profile.leftAt,
} as const;

/** Of somebody who never joined (or left), no time since has passed: every bound fails. */
const sinceTest = (condition: SinceCondition): MemberTest => {
  const beginning = beginnings[condition.since];
  return allOf(
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
};

/** A condition of a journey or stage, ready to be asked. */
export const memberTest = (condition: MemberCondition, halfLives: HalfLives): MemberTest => {
  if ('all' in condition) return allOf(condition.all.map((one) => memberTest(one, halfLives)));
  if ('any' in condition) return anyOf(condition.any.map((one) => memberTest(one, halfLives)));
  if ('not' in condition) {
    const { holds, changesAfter } = memberTest(condition.not, halfLives);
    return { holds: (standing, instant) => !holds(standing, instant), changesAfter };
  }
  if ('attribute' in condition) return attributeTest(condition);
  if ('score' in condition) return scoreTest(condition, halfLives);
  return sinceTest(condition);
};
