import type { Json } from '../../shared/kernel/json.ts';
import type { DateTest } from './document.ts';
import { dayOf } from './oracle-calendar.ts';

/*
 * Dates in attributes and data, seen from a day. Days are counted from 1970-01-01.
 */

const DAY = 86_400_000;

const isDate = /^\d{4}-\d{2}-\d{2}$/;
const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const read = (text: string, zone: string): number | undefined => {
  const midnight = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  // There is no 30 February, though it can be read.
  const isThere = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text.slice(0, 10));
  if (!isThere) return undefined;
  if (isDate.test(text)) return midnight / DAY;
  const instant = isInstant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : dayOf(instant, zone);
};

/** What was worked out before is not worked out again. */
const remembered = <Answer>(known: Map<string, Answer>, key: string, work: () => Answer): Answer => {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size > 50_000) known.clear();
  const answer = work();
  known.set(key, answer);
  return answer;
};

const days = new Map<string, { readonly day: number | undefined }>();

/** The day that a value names; undefined: it names none. */
const dayIn = (value: Json | undefined, zone: string): number | undefined =>
  typeof value === 'string' ? remembered(days, `${zone} ${value}`, () => ({ day: read(value, zone) })).day : undefined;

/** The day so far from another; a month that is too short for the date ends on its last day. */
const away = (day: number, span: string, direction: 1 | -1): number => {
  const [count = '', unit = ''] = span.split(' ');
  const many = Number(count) * direction;
  if (unit.startsWith('day')) return day + many;
  if (unit.startsWith('week')) return day + 7 * many;
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + many * (unit.startsWith('year') ? 12 : 1)];
  const lastDay = Date.UTC(year, month + 1, 0) / DAY;
  return Math.min(Date.UTC(year, month, 1) / DAY + date.getUTCDate() - 1, lastDay);
};

/** Whether a test asks for a date at all. */
export const asksForDate = ({ withinNext, withinLast, olderThan, beyondNext }: DateTest): boolean =>
  [withinNext, withinLast, olderThan, beyondNext].some((span) => span !== undefined);

/** Whether a value is a date that lies, seen from a day, where it must. */
export const dateFits = (
  value: Json | undefined,
  test: DateTest,
  { day: today, zone }: { readonly day: number; readonly zone: string },
): boolean => {
  const day = dayIn(value, zone);
  if (day === undefined) return false;
  const { withinNext, withinLast, olderThan, beyondNext } = test;
  // Lengths are counted from the date, not from today.
  const isPast = (span: string) => today >= away(day, span, 1);
  const isAhead = (span: string) => today < away(day, span, -1);
  return (
    (withinNext === undefined || (today <= day && !isAhead(withinNext))) &&
    (withinLast === undefined || (today >= day && !isPast(withinLast))) &&
    (olderThan === undefined || isPast(olderThan)) &&
    (beyondNext === undefined || isAhead(beyondNext))
  );
};

const turns = new Map<string, readonly number[]>();

/** The days on which a test of a date comes to hold, or ceases to. */
export const turningDays = (value: Json | undefined, test: DateTest, zone: string): readonly number[] => {
  const day = asksForDate(test) ? dayIn(value, zone) : undefined;
  if (day === undefined) return [];
  const { withinNext, withinLast, olderThan, beyondNext } = test;
  const spans = [withinNext, withinLast, olderThan, beyondNext];
  return remembered(turns, `${zone} ${day} ${spans}`, () => {
    const ends = spans.flatMap((span) => (span === undefined ? [] : [away(day, span, -1), away(day, span, 1)]));
    const fits = (on: number) => dateFits(value, test, { day: on, zone });
    return [...new Set([day, day + 1, ...ends])].filter((on) => fits(on) !== fits(on - 1));
  });
};
