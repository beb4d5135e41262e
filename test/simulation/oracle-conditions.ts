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
  StreakTest,
  ValueTest,
} from './document.ts';
import { dayOf, firstOf } from './oracle-calendar.ts';
import type { Person } from './oracle-person.ts';

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

const fits = (value: Json | undefined, test: ValueTest): boolean =>
  (test.eq === undefined || value === test.eq) &&
  (test.ne === undefined || value !== test.ne) &&
  (test.in === undefined || test.in.some((one) => one === value)) &&
  (test.exists === undefined || test.exists === (value !== undefined && value !== null)) &&
  within(value, test);

const holds = <Leaf extends object>(condition: Combined<Leaf>, leaf: (leaf: Leaf) => boolean): boolean => {
  if ('all' in condition) return condition.all.every((one) => holds(one, leaf));
  if ('any' in condition) return condition.any.some((one) => holds(one, leaf));
  if ('not' in condition) return !holds(condition.not, leaf);
  return leaf(condition);
};

const fieldFits = ({ field, ...test }: FieldTest, data: { [key: string]: Json }): boolean =>
  fits(at(data, field.split('.')), test);

/** Somebody at an instant, with what they have done until then, in order. */
export type Seen = {
  readonly person: Person;
  readonly at: number;
  readonly activeAt: number | undefined;
  readonly score: (id: string) => number;
  readonly past: readonly ActivityEvent[];
  readonly stages: ReadonlyMap<string, { readonly stage: string }>;
  readonly zone: string;
};

/** The instants at which something happened of which a condition asks, in order. */
export const timesOf = (
  type: string,
  where: Combined<FieldTest> | undefined,
  past: readonly ActivityEvent[],
): number[] =>
  past
    .filter((event) => event.type === type && (!where || holds(where, (leaf) => fieldFits(leaf, event.data))))
    .map(({ time }) => time);

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
  const many = timesOf(count, where, seen.past).filter((time) => time > since).length;
  return (eq === undefined || many === eq) && within(many, bounds);
};

const lastHolds = ({ last, where, ...bounds }: LastTest, { past, at }: Seen): boolean =>
  elapsed(timesOf(last, where, past).at(-1), bounds, at);

const streakHolds = ({ streak, where, periods, per }: StreakTest, { past, at, zone }: Seen): boolean => {
  const happened = new Set(timesOf(streak, where, past).map((time) => firstOf(per, dayOf(time, zone))));
  let period = firstOf(per, dayOf(at, zone));
  for (let i = 0; i < periods; i++) {
    period = firstOf(per, period - 1);
    if (!happened.has(period)) return false;
  }
  return true;
};

const leafHolds = (leaf: MemberTest, seen: Seen): boolean => {
  if ('attribute' in leaf) {
    const { attribute, ...test } = leaf;
    return fits(at(Object.fromEntries(seen.person.attributes), attribute.split('.')), test);
  }
  if ('score' in leaf) return within(seen.score(leaf.score), leaf);
  if ('since' in leaf) return elapsed(beginningOf(leaf.since, seen), leaf, seen.at);
  if ('count' in leaf) return countHolds(leaf, seen);
  if ('last' in leaf) return lastHolds(leaf, seen);
  if ('streak' in leaf) return streakHolds(leaf, seen);
  return leaf.in.some((stage) => seen.stages.get(leaf.journey)?.stage === stage);
};

/** Whether a condition of a journey, stage or fact holds for somebody. */
export const memberFits = (condition: Combined<MemberTest>, seen: Seen): boolean =>
  holds(condition, (leaf) => leafHolds(leaf, seen));

/** Whether an event is as a rule wants it, and the member as they are and were just before it. */
export const eventFits = (condition: Combined<EventTest> | undefined, event: ActivityEvent, seen: Seen): boolean =>
  condition === undefined ||
  holds(condition, (leaf) => {
    if ('field' in leaf) return fieldFits(leaf, event.data);
    if ('first' in leaf) return countHolds({ count: leaf.first, eq: 0 }, seen);
    if ('after' in leaf) {
      return leaf.within === undefined
        ? countHolds({ count: leaf.after, gte: 1 }, seen)
        : lastHolds({ last: leaf.after, lte: leaf.within }, seen);
    }
    return leafHolds(leaf, seen);
  });

/** Every single test in a condition. */
export const leavesOf = <Leaf extends object>(condition: Combined<Leaf>): Leaf[] => {
  if ('all' in condition) return condition.all.flatMap((one) => leavesOf(one));
  if ('any' in condition) return condition.any.flatMap((one) => leavesOf(one));
  return 'not' in condition ? leavesOf(condition.not) : [condition];
};
