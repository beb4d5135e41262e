import { activityOf } from '../../events/index.ts';
import type { Json } from '../kernel/json.ts';
import type { Combined } from '../scoring/combined.ts';
import type { EventLeaf } from '../scoring/condition.ts';
import { type ValueOperators, valueTest } from '../scoring/data-test.ts';
import type { DateOperators } from '../scoring/date-test.ts';

type Data = { [key: string]: Json };
/** What is said of fields, by path; undefined: nothing may stand there. */
type Said = ReadonlyMap<string, Json | undefined>;

/** Of the many ways to meet a condition, so many are looked at. */
const MOST = 6;

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Stands for the date of the event itself. */
const TODAY = 'today';
const [LONG_AGO, FAR_AHEAD] = ['1900-01-01', '2999-12-31'];

/** Whether a test is one of dates. */
export const asksOfDate = (operators: DateOperators): boolean =>
  [operators.withinNext, operators.withinLast, operators.olderThan, operators.beyondNext].some(Boolean);

const datesFor = ({ withinNext, withinLast, olderThan, beyondNext }: DateOperators, wanted: boolean): string[] => {
  const near = withinNext !== undefined || withinLast !== undefined;
  const fits = [...(near ? [TODAY] : []), ...(olderThan ? [LONG_AGO] : []), ...(beyondNext ? [FAR_AHEAD] : [])];
  return wanted ? fits : [TODAY, LONG_AGO, FAR_AHEAD].filter((date) => !fits.includes(date));
};

/** The data with a date where the date of the event was meant. */
export const onDate = (data: Data, date: string): Data =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      value === TODAY ? date : isData(value) ? onDate(value, date) : value,
    ]),
  );

/** Values that pass a test or, where `wanted` is false, that fail it; those that it names come first. */
const valuesFor = (operators: ValueOperators & DateOperators, wanted: boolean): (Json | undefined)[] => {
  if (asksOfDate(operators)) return datesFor(operators, wanted);
  const named = Object.entries(operators).flatMap(([key, value]) =>
    key === 'exists' ? [] : [value].flat().filter(isScalar),
  );
  const numbers = named.filter((one) => typeof one === 'number');
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const around = numbers.length === 0 ? [1] : [(low + high) / 2, ...numbers.flatMap((one) => [one + 1, one - 1])];
  const texts = [`${operators.startsWith ?? ''}${operators.contains ?? ''}`].filter((text) => text !== '');
  const test = valueTest(operators);
  const tries = [...named, ...texts, ...(numbers.length > 0 ? around : ['other', ...around]), undefined, true, false];
  return [...new Set<Json | undefined>(tries)].filter((value) => test(value) === wanted);
};

const merged = (a: Said, b: Said): Said | undefined => {
  const both = new Map(a);
  for (const [path, value] of b) {
    if (both.has(path) && both.get(path) !== value) return undefined;
    both.set(path, value);
  }
  return both;
};

const allOf = (ways: readonly (readonly Said[])[]): Said[] =>
  ways.reduce<Said[]>(
    (sofar, next) => sofar.flatMap((one) => next.flatMap((other) => merged(one, other) ?? [])).slice(0, MOST),
    [new Map()],
  );

/** What fields may say so that the part of a condition that is about them holds; what is about the member is let be. */
const said = (condition: Combined<EventLeaf>, wanted: boolean): Said[] => {
  if ('not' in condition) return said(condition.not, !wanted);
  if ('all' in condition || 'any' in condition) {
    const ways = ('all' in condition ? condition.all : condition.any).map((one) => said(one, wanted));
    return 'all' in condition === wanted ? allOf(ways) : ways.flat().slice(0, MOST);
  }
  if (!('field' in condition)) return [new Map()];
  const { field, ...operators } = condition;
  return valuesFor(operators, wanted)
    .slice(0, MOST)
    .map((value) => new Map([[field, value]]));
};

const isData = (value: Json | undefined): value is Data =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The data with a value at a dotted path. */
export const withValue = (data: Data, path: string, value: Json): Data => {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...data, [key]: value };
  const below = Object.hasOwn(data, key) ? data[key] : undefined;
  return { ...data, [key]: withValue(isData(below) ? below : {}, rest.join('.'), value) };
};

/** Ways in which an event's data may meet a rule's `where`, as far as it asks about data. */
export const fittingData = (where: Combined<EventLeaf> | undefined): readonly Data[] =>
  (where === undefined ? [new Map<string, Json | undefined>()] : said(where, true)).map((fields) => {
    let data: Data = {};
    for (const [path, value] of fields) if (value !== undefined) data = withValue(data, path, value);
    return data;
  });

/** What to put where the schema of a known type misses something. */
const filler = (issue: { readonly code: string; readonly expected?: unknown; readonly values?: unknown }): Json => {
  const [first] = Array.isArray(issue.values) ? issue.values : [];
  if (isScalar(first)) return first;
  return issue.expected === 'number' ? 1 : issue.expected === 'object' ? {} : 'other';
};

/** The data with what its type must have beside it; undefined where it contradicts its type. */
export const completed = (type: string, data: Data): Data | undefined => {
  const schema = activityOf(type).shape.data;
  let whole = data;
  for (let tries = 0; tries < 3; tries++) {
    const { error } = schema.safeParse(whole);
    if (!error) return whole;
    for (const issue of error.issues) {
      const path = issue.path.join('.');
      if (path === '' || issue.path.length > 1) return undefined;
      if (Object.hasOwn(whole, path)) return undefined;
      whole = withValue(whole, path, filler(issue));
    }
  }
  return undefined;
};
