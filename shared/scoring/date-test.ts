import { dayOf, startOfDay } from '../kernel/calendar-period.ts';
import { calendarSpan, dayAway } from '../kernel/calendar-span.ts';
import type { Json } from '../kernel/json.ts';
import { earlier } from './instants.ts';

/** What may be asked of a date, seen from the day of an instant. Lengths by the calendar, such as `30 days`. */
export type DateOperators = {
  readonly withinNext?: string | undefined;
  readonly withinLast?: string | undefined;
  readonly olderThan?: string | undefined;
  readonly beyondNext?: string | undefined;
};

/** A test of a value that should be a date, at an instant in epoch ms. */
export type DateTest = {
  readonly holds: (value: Json | undefined, instant: number) => boolean;
  /** The first instant after this one at which the answer about this value may change. */
  readonly changesAfter: (value: Json | undefined, instant: number) => number | undefined;
};

const DAY = 86_400_000;
const form = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
/** Systems write "none" as a day of the year 1 and the like. */
const EARLIEST = Date.UTC(1800, 0, 1);

/**
 * The day that a value means, in days since 1970-01-01: a date (`2026-05-01`), an instant with its offset, seen from
 * the zone, or a local time. Undefined where it is no date that there is, or one before 1800.
 */
export const dayIn = (value: Json | undefined, zone: string): number | undefined => {
  if (typeof value !== 'string') return undefined;
  const [, date, offset] = form.exec(value) ?? [];
  if (date === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // 30 February would be taken for a day in March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date) || midnight < EARLIEST) {
    return undefined;
  }
  if (offset === undefined) return midnight / DAY;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : dayOf(instant, zone);
};

/** Whether a day has begun in a zone by an instant. Only near its turn must the calendar be asked. */
const hasBegun = (day: number, instant: number, zone: string): boolean => {
  const inUtc = Math.floor(instant / DAY);
  if (day < inUtc) return true;
  return day <= inUtc + 1 && startOfDay(day, zone) <= instant;
};

/** From the beginning of a day on, and until that of another; in days since 1970-01-01. */
type Days = { readonly from?: number; readonly until?: number };
type Away = (day: number, direction: 1 | -1) => number;

const asked = (
  text: string | undefined,
  days: (day: number, away: Away) => Days,
): readonly ((day: number) => Days)[] => {
  if (text === undefined) return [];
  const span = calendarSpan(text);
  return [(day) => days(day, (from, direction) => dayAway(from, span, direction))];
};

/** Each operator as the days on which it holds for a date. */
const daysOf = ({
  withinNext,
  withinLast,
  olderThan,
  beyondNext,
}: DateOperators): readonly ((day: number) => Days)[] => [
  ...asked(withinNext, (day, away) => ({ from: away(day, -1), until: day + 1 })),
  ...asked(withinLast, (day, away) => ({ from: day, until: away(day, 1) })),
  ...asked(olderThan, (day, away) => ({ from: away(day, 1) })),
  ...asked(beyondNext, (day, away) => ({ until: away(day, -1) })),
];

/** Whether any of the operators is about dates. */
export const asksForDates = (operators: DateOperators): boolean => daysOf(operators).length > 0;

/** Whether a date lies where all operators want it, seen from an instant. What is no date lies nowhere. */
export const dateTest = (operators: DateOperators, zone: string): DateTest => {
  const all = daysOf(operators);
  if (all.length === 0) return { holds: () => true, changesAfter: () => undefined };
  return {
    holds: (value, instant) => {
      const day = dayIn(value, zone);
      return (
        day !== undefined &&
        all.every((days) => {
          const { from, until } = days(day);
          return (
            (from === undefined || hasBegun(from, instant, zone)) &&
            (until === undefined || !hasBegun(until, instant, zone))
          );
        })
      );
    },
    changesAfter: (value, instant) => {
      const day = dayIn(value, zone);
      if (day === undefined) return undefined;
      let next: number | undefined;
      for (const days of all) {
        const { from, until } = days(day);
        for (const turn of [from, until])
          if (turn !== undefined && !hasBegun(turn, instant, zone)) next = earlier(next, turn);
      }
      return next === undefined ? undefined : startOfDay(next, zone);
    },
  };
};
