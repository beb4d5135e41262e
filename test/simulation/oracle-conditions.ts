import type { Json } from '../../shared/kernel/json.ts';
import type { Bounds, Combined, FieldTest, MemberTest, ValueTest } from './document.ts';
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

const at = (value: Json | undefined, path: readonly string[]): Json | undefined =>
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

/** Whether an event's data is as a rule wants it. */
export const eventFits = (condition: Combined<FieldTest> | undefined, data: { [key: string]: Json }): boolean =>
  condition === undefined || holds(condition, ({ field, ...test }) => fits(at(data, field.split('.')), test));

/** Somebody at an instant. */
export type Seen = {
  readonly person: Person;
  readonly at: number;
  readonly activeAt: number | undefined;
  readonly score: (id: string) => number;
};

export const beginningOf = (
  since: 'activity' | 'joining' | 'leaving',
  { person, activeAt }: Omit<Seen, 'at' | 'score'>,
) => (since === 'activity' ? activeAt : since === 'joining' ? person.joinedAt : person.leftAt);

const inMs = ({ gt, gte, lt, lte }: Bounds<string>): Bounds<number> => ({
  ...(gt === undefined ? {} : { gt: ms(gt) }),
  ...(gte === undefined ? {} : { gte: ms(gte) }),
  ...(lt === undefined ? {} : { lt: ms(lt) }),
  ...(lte === undefined ? {} : { lte: ms(lte) }),
});

const leafHolds = (leaf: MemberTest, seen: Seen): boolean => {
  if ('attribute' in leaf) {
    const { attribute, ...test } = leaf;
    return fits(at(Object.fromEntries(seen.person.attributes), attribute.split('.')), test);
  }
  if ('score' in leaf) return within(seen.score(leaf.score), leaf);
  const begun = beginningOf(leaf.since, seen);
  return begun !== undefined && within(seen.at - begun, inMs(leaf));
};

/** Whether a condition of a journey or stage holds for somebody. */
export const memberFits = (condition: Combined<MemberTest>, seen: Seen): boolean =>
  holds(condition, (leaf) => leafHolds(leaf, seen));

/** Every single test in a condition. */
export const leavesOf = (condition: Combined<MemberTest>): MemberTest[] => {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
};
