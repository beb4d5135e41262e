import type { ActivityEvent } from '../../events/envelope.ts';
import { startOfDate } from '../kernel/calendar-period.ts';
import { DAY } from '../kernel/duration.ts';
import type { MemberFile, When } from './member-file.ts';

const HOUR = 3_600_000;
/** What nobody gave an hour happens at noon. */
const NOON = 12 * HOUR;

/** The days of a simulation: local dates in a zone. */
export type Days = { readonly start: string; readonly days: number; readonly zone: string };

const dateOf = ({ start }: Days, day: number): string =>
  new Date(Date.parse(start) + day * DAY).toISOString().slice(0, 10);
/** Noon of a day, epoch ms. */
export const noonOf = (days: Days, day: number): number => startOfDate(dateOf(days, day), days.zone) + NOON;

const dayOf = ({ start }: Days, when: When): number =>
  'day' in when ? when.day : Math.round((Date.parse(when.date) - Date.parse(start)) / DAY);

/** Everything that a made-up member does, in order. Who they are and what they agree to is known before day 0 begins. */
export const madeUpEvents = (
  { member, email, attributes, consents, events }: MemberFile,
  days: Days,
): ActivityEvent[] => {
  const made: ActivityEvent[] = [];
  const add = (time: number, type: string, data: ActivityEvent['data']): void =>
    void made.push({ source: 'simulation', id: String(made.length).padStart(6, '0'), type, member, email, time, data });
  const daysOf = (event: MemberFile['events'][number]): number[] => {
    if ('at' in event) return [dayOf(days, event.at)];
    const [first, last] = [dayOf(days, event.from), event.until ? dayOf(days, event.until) : days.days];
    const times = Math.max(0, Math.floor((Math.min(last, days.days) - first) / event.every) + 1);
    return Array.from({ length: times }, (_, i) => first + i * event.every);
  };
  const instants = events.flatMap((event) => daysOf(event).map((day) => ({ day, event })));
  const begin = startOfDate(dateOf(days, Math.min(0, ...instants.map(({ day }) => day))), days.zone);
  if (Object.keys(attributes).length > 0) add(begin, 'member.updated', { attributes: withoutUndefined(attributes) });
  for (const purpose of consents) add(begin, 'consent.given', { purpose });
  for (const { day, event } of instants.toSorted((a, b) => a.day - b.day))
    if (day <= days.days) add(noonOf(days, day), event.type, event.data);
  return made;
};

const withoutUndefined = (attributes: MemberFile['attributes']) =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
