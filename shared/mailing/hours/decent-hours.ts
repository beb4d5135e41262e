import { DAY } from '../../kernel/duration.ts';
import { localDate, localDay } from '../../kernel/local-day.ts';
import { type Country, isHoliday } from './holidays.ts';

/** When it is decent to write to somebody. */
export type DecentHours = {
  /** By the clock on the wall, ms after midnight: from, and up to but without. */
  readonly from: number;
  readonly until: number;
  /** Monday is 1, Sunday 7. */
  readonly weekdays: ReadonlySet<number>;
  /** On the public holidays of these nobody is written to. */
  readonly holidays: readonly Country[];
  /** Whether nobody is written to in July. */
  readonly quietJuly: boolean;
};

const MONTH_OF_REST = 6;
const SUNDAY = 7;

const isDecentDay = (date: number, { weekdays, holidays, quietJuly }: DecentHours): boolean => {
  const day = new Date(date);
  if (quietJuly && day.getUTCMonth() === MONTH_OF_REST) return false;
  return weekdays.has(day.getUTCDay() || SUNDAY) && !holidays.some((country) => isHoliday(date, country));
};

/** Longer than any policy is silent: a July, and the longest row of holidays. */
const HORIZON = 60;

/**
 * The first instant, not before `now`, at which it is decent to write: `now` itself where it is. Instants are epoch ms.
 * Hours are those of the clock on the wall, through both changes of clocks: an hour that a spring night leaves out is not
 * there, one that an autumn night has twice counts twice.
 * @param zone an IANA time zone
 * @returns undefined where the policy leaves no hour in two months
 */
export const nextDecentInstant = (now: number, zone: string, hours: DecentHours): number | undefined => {
  const today = localDate(now, zone);
  for (let days = 0; days <= HORIZON; days++) {
    const date = today + days * DAY;
    if (!isDecentDay(date, hours)) continue;
    for (const { from, until, offset } of localDay(date, zone)) {
      const opens = Math.max(now, from, date + hours.from - offset);
      if (opens < Math.min(until, date + hours.until - offset)) return opens;
    }
  }
  return undefined;
};
