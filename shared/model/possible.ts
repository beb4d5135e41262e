import { around } from './around.ts';
import type { Formula, Value } from './formula.ts';

type Test = Extract<Formula, { subject: string }>;

const testsIn = (formula: Formula): readonly Test[] => {
  if ('all' in formula) return formula.all.flatMap(testsIn);
  if ('any' in formula) return formula.any.flatMap(testsIn);
  if ('not' in formula) return testsIn(formula.not);
  return [formula];
};

const holds = (formula: Formula, values: ReadonlyMap<string, Value>): boolean => {
  if ('all' in formula) return formula.all.every((one) => holds(one, values));
  if ('any' in formula) return formula.any.some((one) => holds(one, values));
  if ('not' in formula) return !holds(formula.not, values);
  return formula.holds(values.get(formula.subject));
};

/** More combinations than this are not tried: the answer then is that it may well be. */
const MOST_TRIES = 50_000;

const MOST_LISTED = 6;

/** Lists of some of the values; of many, only those of two and the one of all. */
const subsets = <One>(values: readonly One[]): One[][] =>
  values.length > MOST_LISTED
    ? [[...values], ...values.flatMap((a, i) => values.slice(i + 1).map((b) => [a, b]))]
    : values.reduce<One[][]>((lists, value) => lists.concat(lists.map((list) => [...list, value])), [[]]);

/** Values for a subject that all tests of it can tell apart: also those between the numbers that different tests name. */
const triesFor = (tests: readonly Test[]): readonly Value[] => {
  const all = [...new Set(tests.flatMap(({ tries }) => tries))];
  const numbers = all.filter((one): one is number => typeof one === 'number');
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  const listed = [...new Set(tests.flatMap((test) => test.listed))];
  const lists = listed.length === 0 ? [] : subsets(listed);
  const between = around(numbers).filter((one) => one >= least && one <= greatest);
  return [...new Set([...all, ...between, ...lists])];
};

/** One value for each way in which the tests can answer together: all others answer like one of these. */
const apart = (tests: readonly Test[], values: readonly Value[]): readonly Value[] => {
  const answers = new Map(values.map((value) => [tests.map((test) => (test.holds(value) ? 1 : 0)).join(''), value]));
  return [...answers.values()];
};

/** Whether a formula can hold at all. Where there is too much to try, yes. */
export const possible = (formula: Formula): boolean => {
  const subjects = [...Map.groupBy(testsIn(formula), ({ subject }) => subject)].map(
    ([subject, tests]) => [subject, apart(tests, triesFor(tests))] as const,
  );
  if (subjects.reduce((product, [, { length }]) => product * length, 1) > MOST_TRIES) return true;
  const values = new Map<string, Value>();
  const search = (depth: number): boolean => {
    const [subject, tries] = subjects[depth] ?? [];
    if (subject === undefined || tries === undefined) return holds(formula, values);
    return tries.some((value) => {
      values.set(subject, value);
      return search(depth + 1);
    });
  };
  return search(0);
};
