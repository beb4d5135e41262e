import type { ActivityEvent } from '../../events/envelope.ts';
import type { Json } from '../../shared/kernel/json.ts';
import type {
  Bounds,
  Combined,
  CountTest,
  EventTest,
  FieldTest,
  LastTest,
  MemberTest,
  SequenceTest,
  StreakTest,
  TextTest,
  ValueTest,
} from './document.ts';
import { dayOf, firstOf } from './oracle-calendar.ts';
import { asksForDate, dateFits } from './oracle-dates.ts';
import { type Person, same, tagsIn, textsOf } from './oracle-person.ts';

const units: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400, week: 604_800 };

const known = new Map<string, number>();

/** "90 days" in ms. */
export const ms = (length: string): number => {
  const [count = '', unit = ''] = known.has(length) ? [] : length.split(' ');
  const found = known.get(length) ?? Number(count) * (units[unit.replace(/s$/, '')] ?? Number.NaN) * 1000;
  known.set(length, found);
  return found;
};

export const at = (value: Json | undefined, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (here, name) =>
      here !== null && typeof here === 'object' && !Array.isArray(here) && Object.hasOwn(here, name)
        ? here[name]
        : undefined,
    value,
  );

const within = (value: unknown, { gt, gte, lt, lte }: Bounds<number>): boolean => {
  const holds = (bound: number | undefined, test: (value: number, bound: number) => boolean) =>
    bound === undefined || (typeof value === 'number' && test(value, bound));
  return (
    holds(gt, (a, b) => a > b) &&
    holds(gte, (a, b) => a >= b) &&
    holds(lt, (a, b) => a < b) &&
    holds(lte, (a, b) => a <= b)
  );
};

/** Whether a text has something in it, or a list has it among its values; in capitals or not. */
const has = (value: Json | undefined, part: string): boolean =>
  Array.isArray(value)
    ? textsOf(value).some((one) => same(one) === same(part))
    : typeof value === 'string' && same(value).includes(same(part));

const textFits = (
  value: Json | undefined,
  { is, contains, startsWith, containsAny, containsAll }: TextTest,
): boolean => {
  const text = typeof value === 'string' ? same(value) : undefined;
  return (
    (is === undefined || text === same(is)) &&
    (startsWith === undefined || text?.startsWith(same(startsWith)) === true) &&
    (contains === undefined || has(value, contains)) &&
    (containsAny === undefined || containsAny.some((part) => has(value, part))) &&
    (containsAll === undefined || containsAll.every((part) => has(value, part)))
  );
};

/** The day from which dates are seen, in days since 1970-01-01. */
type Today = () => { readonly day: number; readonly zone: string };

const fits = (value: Json | undefined, test: ValueTest, today: Today): boolean =>
  (test.eq === undefined || value === test.eq) &&
  (test.ne === undefined || value !== test.ne) &&
  (test.in === undefined || test.in.some((one) => [value].flat().includes(one))) &&
  (test.exists === undefined || test.exists === (value !== undefined && value !== null)) &&
  within(value, test) &&
  textFits(value, test) &&
  (!asksForDate(test) || dateFits(value, test, today()));

const holds = <Leaf extends object>(condition: Combined<Leaf>, leaf: (leaf: Leaf) => boolean): boolean => {
  if ('all' in condition) return condition.all.every((one) => holds(one, leaf));
  if ('any' in condition) return condition.any.some((one) => holds(one, leaf));
  if ('not' in condition) return !holds(condition.not, leaf);
  return leaf(condition);
};

/** Dates in an event's data are seen from the day of the event. */
const fieldFits = ({ field, ...test }: FieldTest, { data, time }: ActivityEvent, zone: string): boolean =>
  fits(at(data, field.split('.')), test, () => ({ day: dayOf(time, zone), zone }));

/** What somebody has done, in order, and the zone in which its days are counted. */
export type Past = { readonly past: readonly ActivityEvent[]; readonly zone: string };

/** Somebody at an instant, with what they have done until then. */
export type Known = Past & {
  readonly person: Person;
  readonly at: number;
  readonly activeAt: number | undefined;
  readonly stages: ReadonlyMap<string, { readonly stage: string }>;
};
/** The same, with what their scores and grades are. */
export type Seen = Known & { readonly score: (id: string) => number; readonly grade: (id: string) => string };

type Kind = { readonly type: string; readonly where?: Combined<FieldTest> | undefined };

const isOfKind = (event: ActivityEvent, { type, where }: Kind, zone: string): boolean =>
  event.type === type && (!where || holds(where, (leaf) => fieldFits(leaf, event, zone)));

/** The instants at which something happened of which a condition asks, in order. */
export const timesOf = (type: string, where: Combined<FieldTest> | undefined, { past, zone }: Past): number[] =>
  past.filter((event) => isOfKind(event, { type, where }, zone)).map(({ time }) => time);

/** When a sequence came to its end last: from each beginning on, the rest is looked for in order. */
export const sequenceAt = ({ sequence, within: length }: SequenceTest, { past, zone }: Past): number | undefined => {
  const [first, ...rest] = sequence.map((step) =>
    typeof step === 'string' ? { type: step } : { type: step.event, where: step.where },
  );
  const last = rest.pop();
  const ends = past.flatMap((begin, i) => {
    if (!first || !last || !isOfKind(begin, first, zone)) return [];
    let after = i + 1;
    for (const step of rest) {
      const next = past.findIndex((event, j) => j >= after && isOfKind(event, step, zone));
      if (next < 0) return [];
      after = next + 1;
    }
    const until = begin.time + ms(length);
    return past.slice(after).filter((event) => event.time <= until && isOfKind(event, last, zone));
  });
  return ends.length === 0 ? undefined : Math.max(...ends.map(({ time }) => time));
};

export const beginningOf = (
  since: 'activity' | 'joining' | 'leaving',
  { person, activeAt }: Pick<Seen, 'person' | 'activeAt'>,
) => (since === 'activity' ? activeAt : since === 'joining' ? person.joinedAt : person.leftAt);

const inMs = ({ gt, gte, lt, lte }: Bounds<string>): Bounds<number> => ({
  ...(gt === undefined ? {} : { gt: ms(gt) }),
  ...(gte === undefined ? {} : { gte: ms(gte) }),
  ...(lt === undefined ? {} : { lt: ms(lt) }),
  ...(lte === undefined ? {} : { lte: ms(lte) }),
});

const elapsed = (begun: number | undefined, bounds: Bounds<string>, now: number): boolean =>
  begun !== undefined && within(now - begun, inMs(bounds));

const countHolds = ({ count, where, within: length, eq, ...bounds }: CountTest, seen: Seen): boolean => {
  const since = length === undefined ? Number.NEGATIVE_INFINITY : seen.at - ms(length);
  const many = timesOf(count, where, seen).filter((time) => time > since).length;
  return (eq === undefined || many === eq) && within(many, bounds);
};

const lastHolds = ({ last, where, ...bounds }: LastTest, seen: Seen): boolean =>
  elapsed(timesOf(last, where, seen).at(-1), bounds, seen.at);

const sequenceHolds = (test: SequenceTest, seen: Seen): boolean => elapsed(sequenceAt(test, seen), test, seen.at);

const streakHolds = ({ streak, where, periods, per }: StreakTest, seen: Seen): boolean => {
  const { at, zone } = seen;
  const happened = new Set(timesOf(streak, where, seen).map((time) => firstOf(per, dayOf(time, zone))));
  let period = firstOf(per, dayOf(at, zone));
  for (let i = 0; i < periods; i++) {
    period = firstOf(per, period - 1);
    if (!happened.has(period)) return false;
  }
  return true;
};

export const attributeOf = (path: string, { attributes }: Person): Json | undefined => {
  const [name = '', ...rest] = path.split('.');
  return at(attributes.get(name), rest);
};

const leafHolds = (leaf: MemberTest, seen: Seen): boolean => {
  if ('attribute' in leaf) {
    const { attribute, ...test } = leaf;
    const { zone } = seen;
    return fits(attributeOf(attribute, seen.person), test, () => ({ day: dayOf(seen.at, zone), zone }));
  }
  if ('tag' in leaf) {
    const tags = new Set(tagsIn(seen.person.attributes).map(same));
    return [leaf.tag].flat().some((tag) => tags.has(same(tag)));
  }
  if ('grade' in leaf) return leaf.in.includes(seen.grade(leaf.grade));
  if ('score' in leaf) return within(seen.score(leaf.score), leaf);
  if ('since' in leaf) return elapsed(beginningOf(leaf.since, seen), leaf, seen.at);
  if ('count' in leaf) return countHolds(leaf, seen);
  if ('last' in leaf) return lastHolds(leaf, seen);
  if ('streak' in leaf) return streakHolds(leaf, seen);
  if ('sequence' in leaf) return sequenceHolds(leaf, seen);
  return leaf.in.some((stage) => seen.stages.get(leaf.journey)?.stage === stage);
};

/** Whether a condition of a journey, stage or fact holds for somebody. */
export const memberFits = (condition: Combined<MemberTest>, seen: Seen): boolean =>
  holds(condition, (leaf) => leafHolds(leaf, seen));

/** Whether an event is as a rule wants it, and the member as they are and were just before it. */
export const eventFits = (condition: Combined<EventTest> | undefined, event: ActivityEvent, seen: Seen): boolean =>
  condition === undefined ||
  holds(condition, (leaf) => {
    if ('field' in leaf) return fieldFits(leaf, event, seen.zone);
    if ('first' in leaf) {
      const before = timesOf(leaf.first, leaf.where, seen);
      return before.length === 0 && isOfKind(event, { type: leaf.first, where: leaf.where }, seen.zone);
    }
    if ('after' in leaf) {
      const latest = timesOf(leaf.after, leaf.where, seen).at(-1);
      return latest !== undefined && (leaf.within === undefined || seen.at - latest <= ms(leaf.within));
    }
    return leafHolds(leaf, seen);
  });

/** Every single test in a condition. */
export const leavesOf = <Leaf extends object>(condition: Combined<Leaf>): Leaf[] => {
  if ('all' in condition) return condition.all.flatMap((one) => leavesOf(one));
  if ('any' in condition) return condition.any.flatMap((one) => leavesOf(one));
  return 'not' in condition ? leavesOf(condition.not) : [condition];
};
