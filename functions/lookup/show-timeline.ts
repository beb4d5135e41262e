import * as z from 'zod';
import type { ActivityEvent } from '../../events/envelope.ts';
import { iso } from '../../shared/api/instant.ts';
import { MemberPath, type Timeline, type TimelineEntry, TimelineQuery } from '../../shared/api/members.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { type Speech, speechFor } from '../../shared/explaining/speech.ts';
import { type Explanation, explain } from '../../shared/scoring/explain.ts';
import { counting, isRetraction } from '../../shared/scoring/retracted.ts';
import { NO_MEMBER, NO_MODEL } from './answers.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Deps } from './deps.ts';
import { movedIn } from './moved-in.ts';

const happened = (
  { scores }: Explanation,
  isTakenBack: (event: ActivityEvent) => boolean,
  { title: titled }: Speech,
) => {
  const points = scores.flatMap(({ score, contributions, uncounted }) =>
    [
      ...contributions.map((part) => ({ ...part, counted: true })),
      ...uncounted.map((part) => ({ ...part, counted: false })),
    ].map(({ event, rule, title, points, counted }) => ({
      event,
      of: { score, rule, title: titled(title), points, counted },
    })),
  );
  return (event: ActivityEvent): TimelineEntry => {
    const { time, source, id, type, data } = event;
    const its = points.filter((one) => one.event.id === id && one.event.source === source);
    const entry = { kind: 'event' as const, at: iso(time), source, id, type, data, points: its.map(({ of }) => of) };
    return isTakenBack(event) ? { ...entry, takenBack: true } : entry;
  };
};

/** By time; at the same instant what happened is before what it led to. */
const at = (entry: TimelineEntry, key: string) => {
  const rank = { event: 0, transition: 1, mail: 2 }[entry.kind];
  return { entry, place: `${entry.at}#${rank}#${key}` };
};
/** The changes of stage of one instant in the order in which they came. */
const inTurn = (i: number): string => String(i).padStart(6, '0');
const byPlace = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What happened, what it changed, and what was sent about it: the newest first. */
export const showTimeline = ({ wholeLedger, mails, currentModel, language: fallback, zone, now }: Deps): Route =>
  route(z.object({ params: MemberPath, query: TimelineQuery }), async ({ params: { id: member }, query }) => {
    const [published, events, sent] = await Promise.all([currentModel(), wholeLedger(member), mails(member)]);
    if (events.length === 0) return NO_MEMBER;
    if (!published) return NO_MODEL;
    const counted = counting(events);
    const counts = new Set(counted);
    const explanation = explain(published.compiled, counted, now());
    const speech = speechFor({ language: query.language ?? fallback, fallback, zone });
    const before = query.cursor === undefined ? undefined : placeOf(query.cursor);
    const toEntry = happened(explanation, (event) => !isRetraction(event) && !counts.has(event), speech);
    const rest = [
      ...events.map((event) => at(toEntry(event), `${event.source}#${event.id}`)),
      ...explanation.transitions.map((move, i) =>
        at({ kind: 'transition', ...movedIn(published.model, move, speech) }, inTurn(i)),
      ),
      ...sent.map((mail) => at({ kind: 'mail', ...mail, at: iso(mail.at) }, mail.id)),
    ]
      .filter(({ place }) => before === undefined || byPlace(place, before) < 0)
      .sort((a, b) => byPlace(b.place, a.place));
    const page = rest.slice(0, query.limit);
    const last = page.at(-1);
    const body: Timeline = {
      member,
      entries: page.map(({ entry }) => entry),
      ...(last && rest.length > page.length ? { next: cursorOf(last.place) } : {}),
    };
    return { status: 200, body };
  });
