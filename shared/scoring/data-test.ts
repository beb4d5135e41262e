import { type Json, valueReader } from '../kernel/json.ts';
import { everyOf, someOf } from '../kernel/predicates.ts';
import type { DataCondition } from './data-condition.ts';
import { asksForDates, dateTest } from './date-test.ts';

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
  readonly containsAny?: readonly string[] | undefined;
  readonly containsAll?: readonly string[] | undefined;
  readonly startsWith?: string | undefined;
};

type Value = Json | undefined;
type Check = (value: Value) => boolean;

/** Without regard to case, and however accents are encoded. Not by any language's rules: the same on every machine. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

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
  containsAny,
  containsAll,
  startsWith,
}: ValueOperators): Check[] => {
  const among = list && new Set<unknown>(list);
  const anyOf = containsAny?.map(containing);
  return [
    ...(eq === undefined ? [] : [(value: Value) => value === eq]),
    ...(ne === undefined ? [] : [(value: Value) => value !== ne]),
    ...(among
      ? [(value: Value) => among.has(value) || (Array.isArray(value) && value.some((one) => among.has(one)))]
      : []),
    ...(gt === undefined ? [] : [ofNumber((value) => value > gt)]),
    ...(gte === undefined ? [] : [ofNumber((value) => value >= gte)]),
    ...(lt === undefined ? [] : [ofNumber((value) => value < lt)]),
    ...(lte === undefined ? [] : [ofNumber((value) => value <= lte)]),
    ...(exists === undefined ? [] : [(value: Value) => (value !== undefined && value !== null) === exists]),
    ...(is === undefined ? [] : [ofText(is, (value, text) => value === text)]),
    ...(contains === undefined ? [] : [containing(contains)]),
    ...(anyOf === undefined ? [] : [(value: Value) => anyOf.some((check) => check(value))]),
    ...(containsAll ?? []).map(containing),
    ...(startsWith === undefined ? [] : [ofText(startsWith, (value, text) => value.startsWith(text))]),
  ];
};

/**
 * All operators given must hold. A missing value and null are one: they equal nothing, are in nothing, compare with
 * nothing; `ne` is the opposite of `eq`. Only numbers are compared by size.
 */
export const valueTest = (operators: ValueOperators): Check => everyOf(checksOf(operators));

/** What a test of data alone sees of an event. Dates in it are seen from its time, epoch ms. */
export type Happening = { readonly data: { [key: string]: Json }; readonly time: number };

/** A test of one event alone. `zone` is where its days begin. */
export const dataTest = (condition: DataCondition, zone: string): ((event: Happening) => boolean) => {
  if ('all' in condition) {
    return everyOf(condition.all.map((one) => dataTest(one, zone)));
  }
  if ('any' in condition) {
    return someOf(condition.any.map((one) => dataTest(one, zone)));
  }
  if ('not' in condition) {
    const test = dataTest(condition.not, zone);
    return (event) => !test(event);
  }
  const { field, ...operators } = condition;
  const read = valueReader(field.split('.'));
  const test = valueTest(operators);
  if (!asksForDates(operators)) return ({ data }) => test(read(data));
  const dates = dateTest(operators, zone);
  return ({ data, time }) => {
    const value = read(data);
    return test(value) && dates.holds(value, time);
  };
};
