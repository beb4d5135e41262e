import type { ActivityEvent } from '../../events/envelope.ts';
import { KB_OF_EVENT } from '../kernel/prices.ts';
import { mayWrite } from '../mailing/may-write.ts';
import { byChange, changeOf, explained, isChanged, type MemberChange } from './member-change.ts';
import { binOf, classOf } from './quantiles.ts';
import { key, MOST, mostOf, type Tally, THOUSAND } from './tally.ts';
import { type Side, type Span, type Walk, walk } from './walk.ts';

/** KB that a unit reads of one item collection, strongly consistent. */
const KB_A_UNIT = 4;

type Which = 'before' | 'after';

/** The local date of an instant, `2026-03-02`, in a zone. */
const dates = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
  return (instant: number): string => format.format(instant);
};

const DAY = 86_400_000;
/** The Monday of a date's week. */
const mondayOf = (date: string): string => {
  const day = Date.parse(date);
  return new Date(day - ((new Date(day).getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
};

export type Comparison = {
  readonly current: Side;
  readonly draft: Side;
  readonly span: Span;
};

/** Counts members one by one: what two models make of each. Keeps counts and the ten who changed most, nobody else. */
export const openBook = ({ current, draft, span }: Comparison) => {
  const counts = new Map<string, number>();
  let mostChanged: readonly MemberChange[] = [];
  const count = (name: string, by = 1): void => void counts.set(name, (counts.get(name) ?? 0) + by);
  const dateOf = dates(draft.model.timeZone);

  const countMails = (which: Which, { model }: Side, { steps }: Walk): void => {
    for (const { journey, to, at, profile } of steps) {
      const stage = model.journeys.find(({ id }) => id === journey)?.stages.find(({ id }) => id === to);
      if (!stage || (stage.message === undefined && !stage.alert)) continue;
      const date = dateOf(at);
      const monday = mondayOf(date);
      if (stage.alert) count(key('alert', which, journey, stage.id, monday));
      const message = model.messages.find(({ id }) => id === stage.message);
      if (!message) continue;
      const permission = mayWrite(message.purpose, { profile }, at);
      if (permission.may) {
        count(key('message', which, message.id, monday));
        count(key('day', which, date));
      } else count(key('withheld', which, message.id, permission.why));
    }
  };

  const countSide = (which: Which, side: Side, walked: Walk): void => {
    for (const [score, value] of Object.entries(walked.scores)) {
      count(key('class', which, score, classOf(value)));
      count(key('bin', which, score, binOf(value)));
    }
    for (const [rule, { times, points }] of walked.given) {
      count(key('times', which, rule), times);
      count(key('points', which, rule), Math.round(points * THOUSAND));
    }
    countMails(which, side, walked);
  };

  return {
    /** A member who is not in the book yet, with all their events, in any order. */
    add(member: string, events: readonly ActivityEvent[]): void {
      const [before, after] = [walk(current, events, span), walk(draft, events, span)];
      const { stages: was } = before.standing;
      const { stages: is } = after.standing;
      for (const journey of new Set([...Object.keys(was), ...Object.keys(is)]))
        count(key('stage', journey, was[journey]?.stage ?? '', is[journey]?.stage ?? ''));
      countSide('before', current, before);
      countSide('after', draft, after);
      const change = changeOf(member, before, after);
      count('members');
      if (change.journeys.length > 0) count('moved');
      count('reads', 1 + Math.ceil((events.length * KB_OF_EVENT) / KB_A_UNIT));
      const tenth = mostChanged[MOST - 1];
      // Explaining takes as long as all the rest, so only who gets into the list is explained.
      if (isChanged(change) && (!tenth || byChange(change, tenth) < 0))
        mostChanged = mostOf(mostChanged, [explained(change, [current, draft], events, span)]);
    },
    tally: (): Tally => ({ counts: Object.fromEntries(counts), mostChanged }),
  };
};
