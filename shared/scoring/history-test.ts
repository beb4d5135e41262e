import { type CalendarPeriod, nextStart, startOf } from '../kernel/calendar-period.ts';
import { milliseconds } from '../kernel/duration.ts';
import { valueTest } from './data-test.ts';
import { elapsedTest } from './elapsed-test.ts';
import { historyKey } from './history.ts';
import type { CountCondition, HistoryCondition, SequenceCondition, StreakCondition } from './history-condition.ts';
import type { MemberTest } from './instants.ts';
import { sequenceKey } from './sequence.ts';
import type { Standing } from './standing.ts';
import { allOf, always } from './tests-together.ts';

const sequenceTest = (condition: SequenceCondition): MemberTest => {
  const key = sequenceKey(condition);
  const done = ({ history }: Standing) => history[key]?.at(-1);
  const ever: MemberTest = { holds: (standing) => done(standing) !== undefined, changesAfter: always };
  return allOf([ever, elapsedTest(done, condition)]);
};

/** How often a kind of event happened; what a window of time leaves behind drops out of it one by one. */
const countTest = (condition: CountCondition): MemberTest => {
  const key = historyKey(condition);
  const length = condition.within === undefined ? undefined : milliseconds(condition.within);
  const holds = valueTest(condition);
  return {
    holds: ({ history }, instant) => {
      const instants = history[key] ?? [];
      return holds(length === undefined ? instants.length : instants.filter((one) => one > instant - length).length);
    },
    changesAfter: ({ history }, instant) => {
      const next = length === undefined ? undefined : history[key]?.find((one) => one + length > instant);
      return next === undefined || length === undefined ? undefined : next + length;
    },
  };
};

/** The beginnings of so many calendar periods, the present one first. */
const periodsBack = (per: CalendarPeriod, count: number, instant: number, zone: string): number[] => {
  const begins = [startOf(per, instant, zone)];
  while (begins.length < count) begins.push(startOf(per, (begins.at(-1) ?? 0) - 1, zone));
  return begins;
};

const streakTest = (condition: StreakCondition, timeZone: string): MemberTest => {
  const { periods, per } = condition;
  const key = historyKey(condition);
  const back = (instant: number) => periodsBack(per, periods + 1, instant, timeZone);
  return {
    holds: ({ history }, instant) => {
      const seen = new Set(history[key] ?? []);
      return back(instant)
        .slice(1)
        .every((begin) => seen.has(begin));
    },
    changesAfter: ({ history }, instant) => {
      const latest = history[key]?.at(-1);
      // Once a period without anything lies between, no boundary makes a streak any more.
      const open = latest !== undefined && latest >= (back(instant).at(-1) ?? 0);
      return open ? nextStart(per, instant, timeZone) : undefined;
    },
  };
};

/** A test of what is remembered of the member's past. */
export const historyTest = (leaf: HistoryCondition, timeZone: string): MemberTest => {
  if ('count' in leaf) return countTest(leaf);
  if ('last' in leaf) return elapsedTest(({ history }) => history[historyKey(leaf)]?.at(-1), leaf);
  return 'sequence' in leaf ? sequenceTest(leaf) : streakTest(leaf, timeZone);
};
