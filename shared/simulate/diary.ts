import type { ActivityEvent } from '../../events/envelope.ts';
import type { Letters } from '../mailing/letters/compiled-letter.ts';
import { memberMail } from '../mailing/member-mail.ts';
import type { Fate } from '../preview/post.ts';
import { type Side, walk } from '../preview/walk.ts';
import { advance } from '../scoring/advance.ts';
import { evolve, NOBODY } from '../scoring/evolve.ts';
import { comparePositions } from '../scoring/position.ts';
import { scoreAt } from '../scoring/score.ts';
import type { Standing } from '../scoring/standing.ts';
import type { Shortfall } from '../scoring/tally.ts';
import { type Days, noonOf } from './made-up-events.ts';

type Points = { readonly rule: string; readonly points: number; readonly cut?: Shortfall };
type Told =
  | { readonly kind: 'event'; readonly type: string; readonly points: readonly Points[] }
  | { readonly kind: 'score'; readonly score: string; readonly before: number; readonly after: number }
  | { readonly kind: 'stage'; readonly journey: string; readonly from: string | null; readonly to: string | null }
  | {
      readonly kind: 'message';
      readonly message: string;
      readonly subject: string;
      readonly text: string;
      readonly waited?: string;
    }
  | { readonly kind: 'withheld' | 'waiting'; readonly message: string; readonly why: string }
  | { readonly kind: 'alert'; readonly journey: string; readonly stage: string };
/** What happened at an instant, epoch ms. */
export type DiaryEntry = { readonly at: number } & Told;

/** What a message says beside what is known of the member. */
export type Writer = { readonly organisation: string; readonly language: string; readonly letters: Letters };

/** Where the links of a message lead that nobody gets. */
const links = { preferences: 'https://example.org/preferences', unsubscribe: 'https://example.org/unsubscribe' };

/** A score is told of when it differs by a point at least, and by a tenth of what was told last. */
const isMaterial = (before: number, after: number): boolean =>
  Math.abs(after - before) >= Math.max(1, Math.abs(before) / 10) || (before !== 0 && Math.abs(after) < 0.05);

/** The scores as they rise with events and fall with days. */
const scoreEntries = ({ model, compiled }: Side, events: readonly ActivityEvent[], days: Days): DiaryEntry[] => {
  const entries: DiaryEntry[] = [];
  const told = new Map<string, number>();
  let standing: Standing = NOBODY;
  const look = (at: number): void => {
    for (const { id: score } of model.scores) {
      const [before, after] = [told.get(score) ?? 0, scoreAt(compiled, standing, score, at)];
      if (!isMaterial(before, after)) continue;
      entries.push({ at, kind: 'score', score, before, after });
      told.set(score, after);
    }
  };
  const noons = Array.from({ length: days.days + 1 }, (_, day) => noonOf(days, day));
  const ordered = events.toSorted(comparePositions);
  let next = 0;
  for (const noon of noons) {
    for (let event = ordered[next]; event && event.time <= noon; event = ordered[++next]) {
      const { standing: after, contributions } = evolve(compiled, standing, event);
      standing = after;
      const points = contributions.map(({ rule, points, cut }) => ({ rule: rule.id, points, ...(cut ? { cut } : {}) }));
      entries.push({ at: event.time, kind: 'event', type: event.type, points });
      look(event.time);
    }
    standing = advance(compiled, standing, noon).standing;
    look(noon);
  }
  return entries;
};

/** What became of a message, with its words where it would have been read. */
const fateEntry = ({ model }: Side, member: string, fate: Fate, writer: Writer): DiaryEntry => {
  if (fate.kind !== 'sent') return fate;
  const { at, message, profile, waited } = fate;
  const { letterhead, timeZone: zone } = model;
  const { organisation, language, letters } = writer;
  const sources = { member, profile, organisation, owner: undefined, zone, links, letterhead };
  const { subject, text } = memberMail(letters.messages[message], sources, language);
  return { at, kind: 'message', message, subject, text, ...(waited === undefined ? {} : { waited }) };
};

const ORDER = ['event', 'score', 'stage', 'message', 'withheld', 'waiting', 'alert'] as const;
const byTime = (a: DiaryEntry, b: DiaryEntry): number => a.at - b.at || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);

/**
 * What a model makes of a made-up member, day by day: every event with its points, every score where it has changed by
 * something, every change of stage at its instant, and the message that it sends, as it would be read.
 */
export const diary = (side: Side, events: readonly ActivityEvent[], days: Days, writer: Writer): DiaryEntry[] => {
  const span = { from: Number.NEGATIVE_INFINITY, at: noonOf(days, days.days) };
  const member = events[0]?.member ?? '';
  const { steps, fates } = walk(side, events, span, { member, zone: side.model.timeZone });
  return [
    ...scoreEntries(side, events, days),
    ...steps.map(({ journey, from, to, at }): DiaryEntry => ({ at, kind: 'stage', journey, from, to })),
    ...fates.map((fate) => fateEntry(side, member, fate, writer)),
  ].sort(byTime);
};
