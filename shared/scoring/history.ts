import type { ActivityEvent } from '../../events/envelope.ts';
import { type CalendarPeriod, startOf } from '../kernel/calendar-period.ts';
import { canonicalJson } from '../kernel/json.ts';
import { leavesOf } from './combined.ts';
import type { EventLeaf } from './condition.ts';
import { dataTest } from './data-test.ts';
import type { HistoryCondition } from './history-condition.ts';
import type { Model } from './model.ts';
import { asksOfPast } from './past.ts';
import { sequenceKey, sequenceTracker, typesOf } from './sequence.ts';
import type { Standing } from './standing.ts';

/**
 * What an event changes in what is remembered for the conditions that ask about it: no more than they need. The event
 * must not lie before those remembered.
 */
export type Tracker = (history: Standing['history'], event: ActivityEvent) => Standing['history'];

type Simple = Exclude<HistoryCondition, { sequence: unknown }>;

const typeOf = (leaf: Simple): string => ('count' in leaf ? leaf.count : 'last' in leaf ? leaf.last : leaf.streak);

const periodOf = (leaf: Simple): CalendarPeriod | undefined => ('streak' in leaf ? leaf.per : undefined);

/** Conditions on the same kind of event share what is remembered of it. */
export const historyKey = (leaf: HistoryCondition): string =>
  'sequence' in leaf
    ? sequenceKey(leaf)
    : [typeOf(leaf), periodOf(leaf) ?? '', leaf.where ? canonicalJson(leaf.where) : ''].join('|');

/** As many as decide every comparison: one more than the greatest number asked about. */
const needed = (leaf: Simple): number => {
  if ('last' in leaf) return 1;
  // The present period and those before it.
  if ('streak' in leaf) return leaf.periods + 1;
  return 1 + Math.max(...[leaf.eq, leaf.gt, leaf.gte, leaf.lt, leaf.lte].map((bound) => bound ?? 0));
};

/** Keeps the latest instants at which something happened, or the beginnings of the periods in which it did. */
const latestTracker = (leaf: Simple, keep: number, timeZone: string): Tracker => {
  const key = historyKey(leaf);
  const per = periodOf(leaf);
  const matches = leaf.where ? dataTest(leaf.where, timeZone) : () => true;
  return (history, event) => {
    if (!matches(event)) return history;
    const instants = history[key] ?? [];
    const instant = per === undefined ? event.time : startOf(per, event.time, timeZone);
    if (per !== undefined && instants.at(-1) === instant) return history;
    return { ...history, [key]: [...instants, instant].slice(-keep) };
  };
};

const trackerOf = (same: readonly HistoryCondition[], timeZone: string): readonly (readonly [string, Tracker])[] => {
  const [leaf] = same;
  if (!leaf) return [];
  if ('sequence' in leaf) {
    const tracker = sequenceTracker(leaf, timeZone);
    return typesOf(leaf).map((type) => [type, tracker]);
  }
  const keep = Math.max(...same.map((one) => ('sequence' in one ? 0 : needed(one))));
  return [[typeOf(leaf), latestTracker(leaf, keep, timeZone)]];
};

/** Event type → what its events leave behind. */
export const trackersOf = ({
  rules,
  journeys,
  contactPolicy,
  timeZone,
}: Pick<Model, 'rules' | 'journeys' | 'contactPolicy' | 'timeZone'>): ReadonlyMap<string, readonly Tracker[]> => {
  const conditions = [
    ...rules.flatMap(({ where }) => (where ? leavesOf(where) : [])),
    ...(contactPolicy?.caps ?? []).flatMap(({ when }) => (when ? leavesOf(when) : [])),
    ...journeys.flatMap(({ appliesTo, stages }) => [
      ...leavesOf(appliesTo),
      ...stages.flatMap(({ messages }) => (messages ?? []).flatMap(({ when }) => (when ? leavesOf(when) : []))),
      ...stages.flatMap(({ enter, stay }) => [enter, stay].flatMap((one) => (one ? leavesOf(one) : []))),
    ]),
  ];
  const leaves = conditions.flatMap(({ leaf }: { leaf: EventLeaf }) => asksOfPast(leaf) ?? []);
  const byType = new Map<string, Tracker[]>();
  for (const same of Map.groupBy(leaves, historyKey).values()) {
    for (const [type, tracker] of trackerOf(same, timeZone)) byType.set(type, [...(byType.get(type) ?? []), tracker]);
  }
  return byType;
};

/** What is remembered after an event, which must not lie before those remembered. */
export const remembered = (
  trackers: readonly Tracker[],
  history: Standing['history'],
  event: ActivityEvent,
): Standing['history'] => trackers.reduce((so, tracker) => tracker(so, event), history);
