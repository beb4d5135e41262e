import { daysBetween } from '../kernel/calendar.ts';
import { DAY } from '../kernel/duration.ts';
import type { LocalText } from '../kernel/text.ts';
import type { Explanation, ScoreContribution, Uncounted } from '../scoring/explain.ts';
import type { Course } from './course.ts';

/** Why somebody deserves attention, as facts. Times are epoch ms, days are dates apart in the organisation's zone. */
export type Reason =
  | { readonly kind: 'silent'; readonly days: number }
  | { readonly kind: 'silent-since-joining'; readonly days: number }
  | {
      readonly kind: 'fell';
      readonly title: LocalText;
      readonly now: number;
      readonly before: number;
      readonly weeks: number;
    }
  | {
      readonly kind: 'rose';
      readonly title: LocalText;
      readonly now: number;
      readonly before: number;
      readonly weeks: number;
    }
  | { readonly kind: 'did'; readonly title: LocalText; readonly times: number; readonly last: number }
  | { readonly kind: 'stopped'; readonly title: LocalText; readonly times: number; readonly last: number };

/** What is recent, and the year before it that it is compared with. */
const RECENT = 84 * DAY;
const YEAR = 364 * DAY;
/** Silence shorter than this is no news. */
const SILENT_DAYS = 21;
const MOST = 4;

type Did = { readonly title: LocalText; readonly points: number; readonly times: number; readonly last: number };
type Deed = Pick<ScoreContribution | Uncounted, 'event' | 'rule' | 'title' | 'points'>;

/** Rule by rule, what happened in a period: after `from`, up to `to`. */
const deedsBetween = (deeds: readonly Deed[], from: number, to: number): Map<string, Did> => {
  const did = new Map<string, Did>();
  for (const { event, rule, title, points } of deeds) {
    if (event.time <= from || event.time > to) continue;
    const sofar = did.get(rule);
    did.set(rule, {
      title,
      points,
      times: (sofar?.times ?? 0) + 1,
      last: Math.max(sofar?.last ?? event.time, event.time),
    });
  }
  return did;
};

/**
 * What counted in a score or would have but for a cap. One event may be told of by several rules: the weightiest
 * speaks for it, one for good and one for ill.
 */
export const deedsIn = ({ scores }: Explanation, score: string): Deed[] => {
  const told = new Map<string, Deed>();
  for (const { contributions, uncounted } of scores.filter((one) => one.score === score)) {
    for (const deed of [...contributions, ...uncounted]) {
      const { source, id } = deed.event;
      const key = `${source}#${id}#${Math.sign(deed.points)}`;
      const other = told.get(key);
      if (!other || Math.abs(deed.points) > Math.abs(other.points)) told.set(key, deed);
    }
  }
  return [...told.values()];
};

const weight = ({ points, times }: Did): number => Math.abs(points) * times;
const heaviestFirst = (a: Did, b: Did): number => weight(b) - weight(a) || b.last - a.last;
const asReason =
  (kind: 'did' | 'stopped') =>
  ({ title, times, last }: Did): Reason => ({ kind, title, times, last });

const silence = ({ at, standing }: Explanation, zone: string): Reason[] => {
  const { activeAt, profile } = standing;
  if (activeAt === undefined) return [];
  const days = daysBetween(activeAt, at, zone);
  if (days < SILENT_DAYS) return [];
  return [{ kind: activeAt === profile.joinedAt ? 'silent-since-joining' : 'silent', days }];
};

/** The change of a score between two points of its course, once it shows in whole points. */
const change = (kind: 'fell' | 'rose', { title, points }: Course, weeks: number): Reason[] => {
  const now = points.find(({ weeksAgo }) => weeksAgo === 0)?.value;
  const before = points.find(({ weeksAgo }) => weeksAgo === weeks)?.value;
  if (now === undefined || before === undefined) return [];
  const by = Math.round(now) - Math.round(before);
  return (kind === 'fell' ? by < 0 : by > 0) ? [{ kind, title, now, before, weeks }] : [];
};

/**
 * Why a member may be slipping away, the weightiest first, four at most: trouble of the last twelve weeks, silence,
 * what they did at least twice in the year before and not once since, and the fall of the score.
 */
export const reasonsAtRisk = (explanation: Explanation, course: Course, zone: string): readonly Reason[] => {
  const { at } = explanation;
  const deeds = deedsIn(explanation, course.score);
  const recent = deedsBetween(deeds, at - RECENT, at);
  const earlier = deedsBetween(deeds, at - YEAR, at - RECENT);
  const trouble = [...recent.values()].filter(({ points }) => points < 0).toSorted(heaviestFirst);
  const stopped = [...earlier.entries()]
    .filter(([rule, { points, times }]) => points > 0 && times >= 2 && !recent.has(rule))
    .map(([, did]) => did)
    .toSorted(heaviestFirst);
  return [
    ...trouble.slice(0, 2).map(asReason('did')),
    ...silence(explanation, zone),
    ...change('fell', course, 12),
    ...stopped.slice(0, 2).map(asReason('stopped')),
  ].slice(0, MOST);
};

/** Why it is time to speak with somebody who is warming up: the rise of the score, and what they did of late. */
export const reasonsToSpeak = (explanation: Explanation, course: Course): readonly Reason[] => {
  const { at } = explanation;
  const did = [...deedsBetween(deedsIn(explanation, course.score), at - RECENT, at).values()];
  return [
    ...change('rose', course, 4),
    ...did
      .filter(({ points }) => points > 0)
      .toSorted(heaviestFirst)
      .map(asReason('did')),
  ].slice(0, MOST);
};
