import type { ActivityEvent } from '../../events/envelope.ts';
import { counter, key } from '../census/counts.ts';
import { KB_OF_EVENT } from '../kernel/prices.ts';
import { type Heard, NOTHING_HEARD } from '../mailing/heard.ts';
import { gradeAt } from '../scoring/grade.ts';
import { byChange, changeOf, explained, isChanged, type MemberChange } from './member-change.ts';
import { type Fate, openPost, type Route } from './post.ts';
import { binOf, classOf } from './quantiles.ts';
import { MOST, mostOf, type Tally, THOUSAND } from './tally.ts';
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
  /** The organisation's IANA time zone. */
  readonly zone: string;
};

type Count = (name: string, by?: number) => void;

/** What became of messages and notices, by week and by day. */
const countMails = (count: Count, dateOf: (instant: number) => string, which: Which, fates: readonly Fate[]): void => {
  for (const fate of fates) {
    const date = dateOf(fate.at);
    const monday = mondayOf(date);
    if (fate.kind === 'alert') count(key('alert', which, fate.journey, fate.stage, monday));
    else if (fate.kind === 'withheld') count(key('withheld', which, fate.message, fate.why));
    else if (fate.kind === 'waiting') count(key('waiting', which, fate.message));
    else {
      count(key('message', which, fate.message, monday));
      count(key('day', which, date));
      if (fate.waited) count(key('held', which, fate.message, fate.waited));
    }
  }
};

/** What would be sent at once if the draft were published with an announcement. */
const countAnnounced = (count: Count, fates: readonly Fate[]): void => {
  for (const fate of fates) {
    if (fate.kind === 'alert') count(key('announced-alert', fate.journey, fate.stage));
    else if (fate.kind === 'withheld') count(key('announced-withheld', fate.message, fate.why));
    else count(key(`announced-${fate.kind}`, fate.message));
  }
  if (fates.some(({ kind }) => kind === 'sent' || kind === 'waiting')) count('announced-members');
};

/** The grade by one model, down, and by the other. */
const countGrades = (count: Count, { current, draft, span }: Comparison, before: Walk, after: Walk): void => {
  const of = ({ model, compiled }: Side, { standing }: Walk, id: string): string => {
    const grade = model.grades.find((one) => one.id === id);
    return grade ? gradeAt(compiled, grade, standing, span.at) : '';
  };
  for (const id of new Set([...current.model.grades, ...draft.model.grades].map((grade) => grade.id)))
    count(key('grade', id, of(current, before, id), of(draft, after, id)));
};

/** Counts members one by one: what two models make of each. Keeps counts and the ten who changed most, nobody else. */
export const openBook = (comparison: Comparison) => {
  const { current, draft, span, zone } = comparison;
  const { count, counts } = counter();
  let mostChanged: readonly MemberChange[] = [];
  const dateOf = dates(draft.model.timeZone);

  const countSide = (which: Which, walked: Walk): void => {
    for (const [score, value] of Object.entries(walked.scores)) {
      count(key('class', which, score, classOf(value)));
      count(key('bin', which, score, binOf(value)));
    }
    for (const [rule, { times, points }] of walked.given) {
      count(key('times', which, rule), times);
      count(key('points', which, rule), Math.round(points * THOUSAND));
    }
    countMails(count, dateOf, which, walked.fates);
  };

  const announced = (route: Route, { told }: Walk, { standing }: Walk): readonly Fate[] => {
    const post = openPost(draft, route, told);
    post.look(standing, span.at, true);
    return post.fates(span.at);
  };

  return {
    /**
     * A member who is not in the book yet, with all their events, in any order.
     * @param heard what is known of them beside their events
     */
    add(member: string, events: readonly ActivityEvent[], heard: Heard = NOTHING_HEARD): void {
      const route: Route = { member, zone, heard };
      const [before, after] = [walk(current, events, span, route), walk(draft, events, span, route)];
      const { stages: was } = before.standing;
      const { stages: is } = after.standing;
      for (const journey of new Set([...Object.keys(was), ...Object.keys(is)]))
        count(key('stage', journey, was[journey]?.stage ?? '', is[journey]?.stage ?? ''));
      countGrades(count, comparison, before, after);
      countSide('before', before);
      countSide('after', after);
      countAnnounced(count, announced(route, before, after));
      const change = changeOf(member, before, after);
      count('members');
      if (change.journeys.length > 0) count('moved');
      count('reads', 1 + Math.ceil((events.length * KB_OF_EVENT) / KB_A_UNIT));
      const tenth = mostChanged[MOST - 1];
      // Explaining takes as long as all the rest, so only who gets into the list is explained.
      if (isChanged(change) && (!tenth || byChange(change, tenth) < 0))
        mostChanged = mostOf(mostChanged, [explained(change, [current, draft], events, span)]);
    },
    tally: (): Tally => ({ counts: counts(), mostChanged }),
  };
};
