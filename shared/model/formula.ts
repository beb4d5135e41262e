import { milliseconds } from '../kernel/duration.ts';
import { canonicalJson } from '../kernel/json.ts';
import type { Combined } from '../scoring/combined.ts';
import type { EventLeaf } from '../scoring/condition.ts';
import { folded, type ValueOperators, valueTest } from '../scoring/data-test.ts';
import { inGeneral } from '../scoring/past.ts';
import { around } from './around.ts';
import { dateFormulas } from './date-formula.ts';
import type { Reach } from './reach.ts';

type Scalar = string | number | boolean;
export type Value = Scalar | Scalar[] | undefined;

/** A condition as what it says about the values of its subjects, each of which may be anything by itself. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }
  | {
      /** What it is about: the same text, the same value. */
      readonly subject: string;
      readonly holds: (value: Value) => boolean;
      /** Values of which one stands for every value that there is, as far as this test can tell them apart. */
      readonly tries: readonly Value[];
      /** What the test names, where the value may be a list of such too. */
      readonly listed: readonly Scalar[];
    };

export const ALWAYS: Formula = { all: [] };

const operators = new Set(['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'exists']);
/** What a test is about, where this room knows it. Everything else is left open: it may hold or not. */
const subjects = new Set([
  'field',
  'attribute',
  'score',
  'since',
  'count',
  'where',
  'within',
  'last',
  'sequence',
  'journey',
]);

const isNumber = (value: Value): value is number => typeof value === 'number';

const asMilliseconds = (duration: string | undefined) => (duration === undefined ? undefined : milliseconds(duration));

/** The test that a leaf makes, in numbers where it is about time; undefined where it is of another kind. */
const testOf = (leaf: EventLeaf): ValueOperators | undefined => {
  if ('streak' in leaf || 'tag' in leaf || 'first' in leaf || 'after' in leaf) return undefined;
  if (!('since' in leaf || 'last' in leaf || 'sequence' in leaf)) return leaf;
  // A sequence without bounds holds if it ever happened.
  const { gt, gte = 'sequence' in leaf ? '0 minutes' : undefined, lt, lte } = leaf;
  return { gt: asMilliseconds(gt), gte: asMilliseconds(gte), lt: asMilliseconds(lt), lte: asMilliseconds(lte) };
};

/** Which values a subject can have at all: what the model says of scores, and what time and status are by nature. */
const natural = (leaf: EventLeaf, reach: ReadonlyMap<string, Reach>, tries: readonly Value[]): readonly Value[] => {
  const numbers = tries.filter(isNumber);
  if ('score' in leaf) {
    const { least = Number.NEGATIVE_INFINITY, greatest = Number.POSITIVE_INFINITY } = reach.get(leaf.score) ?? {};
    return [...numbers, least, greatest].filter((one) => Number.isFinite(one) && one >= least && one <= greatest);
  }
  const notNegative = [...numbers.filter((one) => one >= 0), 0];
  if ('count' in leaf) return notNegative;
  if ('last' in leaf || 'sequence' in leaf) return [...notNegative, undefined];
  if ('since' in leaf) return leaf.since === 'activity' ? notNegative : [...notNegative, undefined];
  if ('attribute' in leaf && leaf.attribute === 'status') return ['lead', 'member', 'left', ...tries, undefined];
  return [...tries, true, false, 'any other text', undefined];
};

/** Whether something that can be told apart by its name alone is so. */
const named = (subject: object): Formula => ({
  subject: canonicalJson(subject),
  holds: (value) => value === true,
  tries: [true, false],
  listed: [],
});

const leafFormula = (leaf: EventLeaf, reach: ReadonlyMap<string, Reach>): Formula => {
  if ('after' in leaf) return plainFormula(inGeneral(leaf), reach);
  if ('first' in leaf) return { all: [named(leaf), plainFormula(inGeneral(leaf), reach)] };
  if ('tag' in leaf) return { any: [leaf.tag].flat().map((tag) => named({ tag: folded(tag) })) };
  if (!('field' in leaf || 'attribute' in leaf)) return plainFormula(leaf, reach);
  const { withinNext, withinLast, olderThan, beyondNext, ...rest } = leaf;
  const about = 'field' in rest ? { field: rest.field } : { attribute: rest.attribute };
  const dates = dateFormulas(about, { withinNext, withinLast, olderThan, beyondNext });
  const asksMore = Object.entries(rest).filter(([, value]) => value !== undefined).length > 1;
  return { all: [...dates, ...(asksMore ? [plainFormula(rest, reach)] : [])] };
};

const plainFormula = (leaf: EventLeaf, reach: ReadonlyMap<string, Reach>): Formula => {
  const given = Object.entries(leaf).filter(([, value]) => value !== undefined);
  const about = Object.fromEntries(given.filter(([key]) => !operators.has(key)));
  const test = testOf(leaf);
  if (test === undefined || !Object.keys(about).every((key) => subjects.has(key))) {
    return named(leaf);
  }
  const { gt, gte, lt, lte, eq, ne, in: list = [] } = test;
  const bounds = [gt, gte, lt, lte, eq, ne, ...list].filter((one) => one !== undefined);
  const others = bounds.filter((one) => typeof one !== 'number');
  const holds = valueTest(test);
  return {
    subject: canonicalJson(about),
    holds: (value) => holds(value),
    tries: natural(leaf, reach, [...around(bounds.filter(isNumber)), ...others]),
    listed: 'field' in leaf || 'attribute' in leaf ? bounds : [],
  };
};

/** What a condition says, with scores that stay within their reach (everywhere, where none is given). */
export const formulaOf = (condition: Combined<EventLeaf>, reach: ReadonlyMap<string, Reach> = new Map()): Formula => {
  if ('all' in condition) return { all: condition.all.map((one) => formulaOf(one, reach)) };
  if ('any' in condition) return { any: condition.any.map((one) => formulaOf(one, reach)) };
  if ('not' in condition) return { not: formulaOf(condition.not, reach) };
  return leafFormula(condition, reach);
};
