import { everyOf, someOf } from '../kernel/predicates.ts';
import { earlier, type MemberTest } from './instants.ts';

export const earliest =
  (tests: readonly Pick<MemberTest, 'changesAfter'>[]): MemberTest['changesAfter'] =>
  (standing, instant, horizon) => {
    let first: number | undefined;
    for (const test of tests) first = earlier(first, test.changesAfter(standing, instant, horizon));
    return first;
  };

const only = ([first, second]: readonly MemberTest[]): MemberTest | undefined => (second ? undefined : first);

export const always = (): undefined => undefined;

export const comparisons = {
  gt: (value: number, bound: number) => value > bound,
  gte: (value: number, bound: number) => value >= bound,
  lt: (value: number, bound: number) => value < bound,
  lte: (value: number, bound: number) => value <= bound,
} as const;
export const operators = ['gt', 'gte', 'lt', 'lte'] as const;

export const allOf = (tests: readonly MemberTest[]): MemberTest =>
  only(tests) ?? { holds: everyOf(tests.map(({ holds }) => holds)), changesAfter: earliest(tests) };

export const anyOf = (tests: readonly MemberTest[]): MemberTest =>
  only(tests) ?? { holds: someOf(tests.map(({ holds }) => holds)), changesAfter: earliest(tests) };
