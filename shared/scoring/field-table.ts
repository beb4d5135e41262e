import type { Json } from '../kernel/json.ts';
import { nextNumber } from '../kernel/next-number.ts';
import type { FieldCondition } from './data-condition.ts';
import { type ValueOperators, valueTest } from './data-test.ts';

/** What a rule asks of a field's value; the rule is a bit. */
export type Asked = { readonly bit: number; readonly operators: ValueOperators };

/**
 * Which rules the value of one field lets pass, as bits, looked up for all of them at once. What they ask changes its
 * answer only at the numbers and texts that they name.
 */
export type FieldTable = {
  readonly field: string;
  /** Where on the line of numbers the answers change, ascending. */
  readonly bounds: Float64Array;
  /** The answers below all bounds, then from each bound on. */
  readonly byNumber: Int32Array;
  readonly texts: readonly string[];
  /** The same texts with their places, where they are too many to be looked through. */
  readonly placeOf: ReadonlyMap<string, number> | undefined;
  /** The answers of any other text, then of each. */
  readonly byText: Int32Array;
  readonly missing: number;
  /** The answers about whatever else there is: each rule is asked. */
  readonly ask: (value: Json | undefined) => number;
};

const lookedUp: ReadonlySet<string> = new Set(['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'exists']);

/** Whether a table can answer a condition: one that knows its field by name, and looks only at what it names. */
export const isTabular = ({ field, ...operators }: FieldCondition): boolean =>
  // What every object has by nature (`constructor` …) must be asked for with care.
  !field.includes('.') &&
  !(field in Object.prototype) &&
  Object.entries(operators).every(([name, operand]) => operand === undefined || lookedUp.has(name));

/** What a test names, or all that decides its answers: beside these values, those of one kind are all the same to it. */
const landmarks = ({ eq, ne, in: list, gt, gte, lt, lte }: ValueOperators) => [
  ...[eq, ne, gt, gte, lt, lte].filter((one) => one !== undefined),
  ...(list ?? []),
];

const FEW = 16;

export const fieldTable = (field: string, asked: readonly Asked[]): FieldTable => {
  const tests = asked.map(({ bit, operators }) => ({ bit, test: valueTest(operators) }));
  const ask: FieldTable['ask'] = (value) =>
    tests.reduce((passing, { bit, test }) => (test(value) ? passing : passing & ~bit), -1);

  const named = [...new Set(asked.flatMap(({ operators }) => landmarks(operators)))];
  const numbers = named.filter((one) => typeof one === 'number').flatMap((one) => [one, nextNumber(one)]);
  const bounds: number[] = [];
  const byNumber = [ask(Number.NEGATIVE_INFINITY)];
  for (const bound of numbers.sort((a, b) => a - b)) {
    if (ask(bound) === byNumber.at(-1)) continue;
    bounds.push(bound);
    byNumber.push(ask(bound));
  }
  const texts = named.filter((one) => typeof one === 'string');
  const other = `${texts.join('')} `;
  return {
    field,
    bounds: Float64Array.from(bounds),
    byNumber: Int32Array.from(byNumber),
    texts,
    placeOf: texts.length > FEW ? new Map(texts.map((text, i) => [text, i + 1])) : undefined,
    byText: Int32Array.from([other, ...texts], ask),
    missing: ask(undefined),
    ask,
  };
};

/** The rules that a value lets pass, as bits. */
export const passing = (table: FieldTable, value: Json | undefined): number => {
  // No branch within the loops: where a value lies is what the processor cannot guess, and a wrong guess costs most.
  if (typeof value === 'number') {
    const { bounds } = table;
    let place = 0;
    for (let i = 0; i < bounds.length; i++) place += Number((bounds[i] ?? 0) <= value);
    return table.byNumber[place] ?? 0;
  }
  if (typeof value === 'string') {
    const { texts, placeOf } = table;
    if (placeOf) return table.byText[placeOf.get(value) ?? 0] ?? 0;
    let place = 0;
    for (let i = 0; i < texts.length; i++) place += Number(texts[i] === value) * (i + 1);
    return table.byText[place] ?? 0;
  }
  return value === undefined || value === null ? table.missing : table.ask(value);
};
