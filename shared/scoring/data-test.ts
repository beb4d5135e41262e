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
  readonly is?: string | undefined;
  readonly contains?: string | undefined;
  readonly startsWith?: string | undefined;
};

type Value = Json | undefined;
type Check = (value: Value) => boolean;

/** Without regard to case, and however accents are encoded. Not by any language's rules: the same on every machine. */
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

const ofText =
  (text: string, check: (value: string, text: string) => boolean): Check =>
  (value) =>
    typeof value === 'string' && check(folded(value), folded(text));

const ofNumber =
  (check: (value: number) => boolean): Check =>
  (value) =>
    typeof value === 'number' && check(value);

/** A text that has the other in it, or a list that has it among its values. */
const containing = (part: string): Check => {
  const inText = ofText(part, (value, text) => value.includes(text));
  const same = ofText(part, (value, text) => value === text);
  return (value) => (Array.isArray(value) ? value.some(same) : inText(value));
};

const checksOf = ({
  eq,
  ne,
  in: list,
  gt,
  gte,
  lt,
  lte,
  exists,
  is,
  contains,
  startsWith,
}: ValueOperators): Check[] => {
  const among = list && new Set<unknown>(list);
  return [
    ...(eq === undefined ? [] : [(value: Value) => value === eq]),
    ...(ne === undefined ? [] : [(value: Value) => value !== ne]),
    ...(among
      ? [(value: Value) => (Array.isArray(value) ? value.some((one) => among.has(one)) : among.has(value))]
      : []),
    ...(gt === undefined ? [] : [ofNumber((value) => value > gt)]),
    ...(gte === undefined ? [] : [ofNumber((value) => value >= gte)]),
    ...(lt === undefined ? [] : [ofNumber((value) => value < lt)]),
    ...(lte === undefined ? [] : [ofNumber((value) => value <= lte)]),
    ...(exists === undefined ? [] : [(value: Value) => (value !== undefined && value !== null) === exists]),
    ...(is === undefined ? [] : [ofText(is, (value, text) => value === text)]),
    ...(contains === undefined ? [] : [containing(contains)]),
    ...(startsWith === undefined ? [] : [ofText(startsWith, (value, text) => value.startsWith(text))]),
  ];
};

/**
 * All operators given must hold. A missing value and null are one: they equal nothing, are in nothing, compare with
 * nothing; `ne` is the opposite of `eq`. Only numbers are compared by size.
 */
export const valueTest = (operators: ValueOperators): Check => {
  const checks = checksOf(operators);
  return (value) => {
    for (const check of checks) if (!check(value)) return false;
    return true;
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
