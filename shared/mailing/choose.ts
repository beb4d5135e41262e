import { OWN_SOURCE } from '../../events/envelope.ts';
import { ConsentPurpose } from '../../events/purpose.ts';
import type { Consent, Preferences, Profile } from '../scoring/standing.ts';
import { type Choices, withChoices } from './choices.ts';

/** What a member wants from now on; what is not named stays as it is. */
export type Wish = {
  readonly consents?: Readonly<Partial<Record<ConsentPurpose, boolean>>>;
  readonly language?: string;
  /** Three months without mails, or mails again. */
  readonly paused?: boolean;
};

const PAUSE_MONTHS = 3;
/** A no that is repeated so soon, in ms, is the same no: a program that tries again, or a second click. */
const SAME_NO_WITHIN = 60_000;

/** The same day so many months later, UTC; the last day of the month where it has no such day. */
const monthsLater = (instant: number, months: number): number => {
  const date = new Date(instant);
  const month = date.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return new Date(instant).setUTCMonth(month, Math.min(date.getUTCDate(), lastDay));
};

/** When a pause ends that begins at an instant; both epoch ms. */
export const pauseFrom = (instant: number): number => monthsLater(instant, PAUSE_MONTHS);

/** Whether a pause is on at an instant, epoch ms. */
export const isPaused = ({ preferences }: Profile, now: number): boolean => (preferences?.pausedUntil ?? now) > now;

/** Later than everything known, so that a clock that is ahead elsewhere does not make this look older. */
const laterThan = ({ consents, preferences }: Profile, now: number): number =>
  Math.max(now, ...[...Object.values(consents), ...(preferences ? [preferences] : [])].map(({ at }) => at + 1));

const preferencesAfter = (profile: Profile, { language, paused }: Wish, at: number): Preferences => {
  const known = profile.preferences;
  const own = language ?? known?.language;
  const stays = paused === undefined || paused === isPaused(profile, at);
  const until = stays ? known?.pausedUntil : paused ? pauseFrom(at) : undefined;
  return {
    at,
    ...(own === undefined ? {} : { language: own }),
    ...(until === undefined ? {} : { pausedUntil: until }),
  };
};

const isSame = (a: Preferences | undefined, b: Preferences): boolean =>
  a?.language === b.language && a?.pausedUntil === b.pausedUntil;

/**
 * Whether nothing new is said. A no that is said again later is younger, since a source may have had a yes in between that
 * has not come yet; and a no of their own is worth more than the same no of a source.
 */
const isKnown = (said: Consent | undefined, given: boolean, at: number): boolean =>
  said?.given === given && (given || (said.source === OWN_SOURCE && at - said.at < SAME_NO_WITHIN));

/**
 * The choices after a wish. Whoever says nothing new changes nothing, and gets back what was.
 * @param profile as folded from the ledger
 * @param wording the version of the text that was shown
 * @param now epoch ms
 * @param erasedAt when whoever had the id before was erased, epoch ms: the choices are counted on from there
 */
export const choose = (
  profile: Profile,
  before: Choices | undefined,
  wish: Wish,
  wording: string,
  now: number,
  erasedAt = 0,
): Choices | undefined => {
  const known = before ? withChoices(profile, before) : profile;
  const at = laterThan(known, now);
  const news = ConsentPurpose.options.flatMap((purpose) => {
    const given = wish.consents?.[purpose];
    if (given === undefined || isKnown(known.consents[purpose], given, at)) return [];
    return [[purpose, { given, at, wording }] as const];
  });
  const preferences = preferencesAfter(known, wish, at);
  const changed = !isSame(known.preferences, preferences);
  if (news.length === 0 && !changed) return before;
  const kept = before?.preferences;
  return {
    revision: Math.max(before?.revision ?? 0, erasedAt) + 1,
    consents: { ...before?.consents, ...Object.fromEntries(news) },
    ...(changed ? { preferences } : kept ? { preferences: kept } : {}),
  };
};
