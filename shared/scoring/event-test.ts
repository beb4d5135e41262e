import { type Json, valueAt } from '../kernel/json.ts';
import type { Combined, EventCondition } from './condition.ts';

export type ValueOperators = {
  readonly eq?: string | number | boolean | undefined;
  readonly ne?: string | number | boolean | undefined;
  readonly in?: readonly (string | number | boolean)[] | undefined;
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
  readonly exists?: boolean | undefined;
};

/**
 * All operators given must hold. A missing value and null are one: they equal nothing, are in nothing, compare with
 * nothing; `ne` is the opposite of `eq`. Only numbers are compared by size.
 */
export const valueTest = ({
  eq,
  ne,
  in: list,
  gt,
  gte,
  lt,
  lte,
  exists,
}: ValueOperators): ((value: Json | undefined) => boolean) => {
  const among = list && new Set<unknown>(list);
  const sized = gt !== undefined || gte !== undefined || lt !== undefined || lte !== undefined;
  return (value) => {
    if (eq !== undefined && value !== eq) return false;
    if (ne !== undefined && value === ne) return false;
    if (among && !among.has(value)) return false;
    if (exists !== undefined && (value !== undefined && value !== null) !== exists) return false;
    if (!sized) return true;
    if (typeof value !== 'number') return false;
    return !(
      (gt !== undefined && !(value > gt)) ||
      (gte !== undefined && !(value >= gte)) ||
      (lt !== undefined && !(value < lt)) ||
      (lte !== undefined && !(value <= lte))
    );
  };
};

type Test<Input> = (input: Input) => boolean;

/** `all`, `any` and `not` over the tests of the leaves. */
const combinedTest = <Leaf extends object, Input>(
  condition: Combined<Leaf>,
  leafTest: (leaf: Leaf) => Test<Input>,
): Test<Input> => {
  if ('all' in condition) {
    const tests = condition.all.map((one) => combinedTest(one, leafTest));
    return (input) => tests.every((test) => test(input));
  }
  if ('any' in condition) {
    const tests = condition.any.map((one) => combinedTest(one, leafTest));
    return (input) => tests.some((test) => test(input));
  }
  if ('not' in condition) {
    const test = combinedTest(condition.not, leafTest);
    return (input) => !test(input);
  }
  return leafTest(condition);
};

/** A rule's `where` as a test of the event's data. */
export const eventTest = (condition: EventCondition): Test<{ [key: string]: Json }> =>
  combinedTest(condition, ({ field, ...operators }) => {
    const path = field.split('.');
    const test = valueTest(operators);
    return (data) => test(valueAt(data, path));
  });
