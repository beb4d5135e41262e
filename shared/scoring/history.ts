import type { ActivityEvent } from '../../events/envelope.ts';
import { type CalendarPeriod, startOf } from '../kernel/calendar-period.ts';
import { canonicalJson } from '../kernel/json.ts';
import { type EventLeaf, type HistoryCondition, leavesOf } from './condition.ts';
import { dataTest } from './data-test.ts';
import type { Model } from './model.ts';
import type { Standing } from './standing.ts';

/** What is remembered of one kind of event for the conditions that ask about it: no more than they need. */
export type Tracker = {
  /** Where it lies in the standing. */
  readonly key: string;
  readonly matches: (event: ActivityEvent) => boolean;
  /** How many of the latest instants, or beginnings of periods, are kept. */
  readonly keep: number;
  /** Set where periods count rather than events. */
  readonly per: CalendarPeriod | undefined;
};

export const isHistory = (leaf: EventLeaf): leaf is HistoryCondition =>
  'count' in leaf || 'last' in leaf || 'streak' in leaf;

const typeOf = (leaf: HistoryCondition): string =>
  'count' in leaf ? leaf.count : 'last' in leaf ? leaf.last : leaf.streak;

const periodOf = (leaf: HistoryCondition): CalendarPeriod | undefined => ('streak' in leaf ? leaf.per : undefined);

/** Conditions on the same kind of event share what is remembered of it. */
export const historyKey = (leaf: HistoryCondition): string =>
  [typeOf(leaf), periodOf(leaf) ?? '', leaf.where ? canonicalJson(leaf.where) : ''].join('|');

/** As many as decide every comparison: one more than the greatest number asked about. */
const needed = (leaf: HistoryCondition): number => {
  if ('last' in leaf) return 1;
  // The present period and those before it.
  if ('streak' in leaf) return leaf.periods + 1;
  return 1 + Math.max(...[leaf.eq, leaf.gt, leaf.gte, leaf.lt, leaf.lte].map((bound) => bound ?? 0));
};

/** Event type → what its events leave behind. */
export const trackersOf = ({
  rules,
  journeys,
  timeZone,
}: Pick<Model, 'rules' | 'journeys' | 'timeZone'>): ReadonlyMap<string, Tracker[]> => {
  const conditions = [
    ...rules.flatMap(({ where }) => (where ? leavesOf(where) : [])),
    ...journeys.flatMap(({ appliesTo, stages }) => [
      ...leavesOf(appliesTo),
      ...stages.flatMap(({ enter, stay }) => [enter, stay].flatMap((one) => (one ? leavesOf(one) : []))),
    ]),
  ];
  const leaves = conditions.map(({ leaf }): EventLeaf => leaf).filter(isHistory);
  const byType = new Map<string, Tracker[]>();
  for (const same of Map.groupBy(leaves, historyKey).values()) {
    const [leaf] = same;
    if (!leaf) continue;
    const tracker: Tracker = {
      key: historyKey(leaf),
      matches: leaf.where ? dataTest(leaf.where, timeZone) : () => true,
      keep: Math.max(...same.map(needed)),
      per: periodOf(leaf),
    };
    byType.set(typeOf(leaf), [...(byType.get(typeOf(leaf)) ?? []), tracker]);
  }
  return byType;
};

/** What is remembered after an event, which must not lie before those remembered. */
export const remembered = (
  trackers: readonly Tracker[],
  history: Standing['history'],
  event: ActivityEvent,
  timeZone: string,
): Standing['history'] => {
  const after: Record<string, readonly number[]> = { ...history };
  for (const { key, matches, keep, per } of trackers) {
    if (!matches(event)) continue;
    const instants = after[key] ?? [];
    const instant = per === undefined ? event.time : startOf(per, event.time, timeZone);
    if (per !== undefined && instants.at(-1) === instant) continue;
    after[key] = [...instants, instant].slice(-keep);
  }
  return after;
};
