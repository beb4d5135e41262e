import { type Json, valueAt } from '../kernel/json.ts';
import type { DataCondition } from './condition.ts';

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

/** A test of the data of an event. */
export const dataTest = (condition: DataCondition): ((data: { [key: string]: Json }) => boolean) => {
  if ('all' in condition) {
    const tests = condition.all.map(dataTest);
    return (data) => tests.every((test) => test(data));
  }
  if ('any' in condition) {
    const tests = condition.any.map(dataTest);
    return (data) => tests.some((test) => test(data));
  }
  if ('not' in condition) {
    const test = dataTest(condition.not);
    return (data) => !test(data);
  }
  const { field, ...operators } = condition;
  const path = field.split('.');
  const test = valueTest(operators);
  return (data) => test(valueAt(data, path));
};
