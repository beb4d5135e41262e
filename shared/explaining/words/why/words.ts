import type { CalendarPeriod } from '../../../kernel/calendar-period.ts';
import type { Plural } from '../../../kernel/phrase.ts';

/** What is said of a change of stage and of the tests that led to it, as phrases with places. */
export type WhyWords = {
  /** A journey begins, goes on in another stage (which it was before left unsaid, or not), ends. */
  readonly began: string;
  readonly entered: string;
  readonly moved: string;
  readonly ended: string;
  /** With the `{reasons}` behind it. */
  readonly because: string;
  /** Of a test that does not hold: what it asks, as a `{fact}`. */
  readonly not: string;
  readonly noLonger: string;
  /** What is asked about, and what it must be. */
  readonly fact: string;
  readonly bounds: {
    readonly eq: string;
    readonly ne: string;
    readonly gt: string;
    readonly gte: string;
    readonly lt: string;
    readonly lte: string;
  };
  readonly since: { readonly activity: string; readonly joining: string; readonly leaving: string };
  readonly last: string;
  readonly count: string;
  readonly countWithin: string;
  readonly streak: Readonly<Record<CalendarPeriod, Plural>>;
  readonly sequence: string;
  readonly sinceSequence: string;
  readonly membership: string;
  readonly status: { readonly lead: string; readonly member: string; readonly left: string };
  readonly tag: string;
  readonly there: string;
  readonly missing: string;
  readonly contains: string;
  readonly startsWith: string;
  /** Where a date lies, as seen from the day. */
  readonly withinNext: string;
  readonly withinLast: string;
  readonly olderThan: string;
  readonly beyondNext: string;
  /** Lengths by the calendar. */
  readonly span: { readonly month: Plural; readonly year: Plural };
};
