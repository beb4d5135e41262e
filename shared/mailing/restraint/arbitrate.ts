import type { Purpose } from '../../../events/purpose.ts';
import { milliseconds } from '../../kernel/duration.ts';
import { mayComeAgain } from '../../scoring/planned-message.ts';
import type { Standing } from '../../scoring/standing.ts';
import { type DecentHours, nextDecentInstant } from '../hours/decent-hours.ts';
import type { ContactCap, ContactRules } from './contact-rules.ts';
import type { Counted, Tally } from './tally.ts';

/** A message that is due. Instants are epoch ms. */
export type Wish = {
  readonly id: string;
  readonly message: string;
  readonly purpose: Purpose;
  readonly priority: number;
  readonly decidedAt: number;
  /** Whether who has got the message gets it again: `never`, or after this time; left out: each time. */
  readonly again?: string;
};

/** Why a message waits. */
export type Hold = 'quiet-hours' | 'outranked' | 'just-written' | 'capped';
export type Verdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly until: number; readonly why: Hold; readonly staleAt: number }
  | { readonly kind: 'drop'; readonly why: 'stale' | 'sent-before' | `stale-${Hold}` };

export type Scene = {
  readonly rules: ContactRules;
  readonly tally: Tally;
  /** Other messages for the member that may go just now. */
  readonly rivals: readonly Wish[];
  readonly standing: Standing;
  readonly zone: string;
  readonly now: number;
  /** How long after the first decent hour a message is still news, ms. */
  readonly staleAfter: number;
};

/** Who goes first: the higher priority, then who has waited longer, then by id. */
const goesBefore = (one: Wish, other: Wish): boolean => {
  if (one.priority !== other.priority) return one.priority > other.priority;
  if (one.decidedAt !== other.decidedAt) return one.decidedAt < other.decidedAt;
  return one.id < other.id;
};

/** Where no message at all may go, it is asked again so much later, ms. */
const LOOK_AGAIN = milliseconds('1 day');

/** When a cap lets one more through; undefined: now. In any time as long as the cap's there are never more than it says. */
const freeFrom = ({ messages, per }: ContactCap, counted: readonly Counted[], now: number): number | undefined => {
  const within = counted.filter(({ at }) => at > now - per);
  if (within.length < messages) return undefined;
  const leaves = within.toSorted((a, b) => a.at - b.at)[within.length - messages];
  return leaves === undefined ? now + LOOK_AGAIN : leaves.at + per;
};

type Obstacle = { readonly until: number; readonly why: Hold };

const capped = (
  { rules, standing, now }: Scene,
  { purpose }: Wish,
  others: readonly Counted[],
): Obstacle | undefined => {
  const instants = rules.caps
    .filter(({ purposes, when }) => purposes.has(purpose) && (when?.holds(standing, now) ?? true))
    .flatMap(
      (cap) =>
        freeFrom(
          cap,
          others.filter((one) => cap.purposes.has(one.purpose)),
          now,
        ) ?? [],
    );
  return instants.length === 0 ? undefined : { until: Math.max(...instants), why: 'capped' };
};

/** The first thing that stands in the way just now. */
const obstacle = (scene: Scene, wish: Wish, decent: (instant: number) => number): Obstacle | undefined => {
  const { rules, tally, rivals, now } = scene;
  const opens = decent(now);
  if (opens > now) return { until: opens, why: 'quiet-hours' };
  const others = tally.counted.filter(({ id }) => id !== wish.id);
  const sent = others.filter(({ heldOut }) => !heldOut);
  const last = Math.max(...sent.map(({ at }) => at), Number.NEGATIVE_INFINITY);
  if (last > now - rules.gap) return { until: last + rules.gap, why: 'just-written' };
  const contenders = rivals.filter(({ id }) => id !== wish.id && !others.some((one) => one.id === id));
  if (contenders.some((rival) => goesBefore(rival, wish))) return { until: now + rules.gap, why: 'outranked' };
  return capped(scene, wish, sent);
};

/** A policy without any decent hour holds everything for good. */
const decently =
  (hours: DecentHours | undefined, zone: string) =>
  (instant: number): number =>
    hours ? (nextDecentInstant(instant, zone, hours) ?? Number.POSITIVE_INFINITY) : instant;

/** When a message is no longer worth sending: its time begins at the first decent hour. */
export const staleAt = (
  { rules, zone, staleAfter }: Omit<Scene, 'tally' | 'rivals' | 'standing' | 'now'>,
  wish: Wish,
): number => {
  const opens = decently(rules.hoursFor(wish.purpose), zone)(wish.decidedAt);
  return (Number.isFinite(opens) ? opens : wish.decidedAt) + staleAfter;
};

const cameBefore = ({ counted }: Tally, { id, message, again = 'each time' }: Wish, now: number): boolean =>
  counted.some((one) => one.message === message && one.id !== id && !mayComeAgain(again, one.at, now));

/**
 * Whether a message that is due goes, waits, or is dropped: one at a time to each member, at a decent hour, below every
 * cap, the most important first. What would be stale before it may go is dropped at once.
 */
export const arbitrate = (scene: Scene, wish: Wish): Verdict => {
  const { now, zone, rules } = scene;
  const end = staleAt(scene, wish);
  if (now > end) return { kind: 'drop', why: 'stale' };
  if (cameBefore(scene.tally, wish, now)) return { kind: 'drop', why: 'sent-before' };
  const decent = decently(rules.hoursFor(wish.purpose), zone);
  const found = obstacle(scene, wish, decent);
  if (!found) return { kind: 'go' };
  const until = decent(found.until);
  return until > end
    ? { kind: 'drop', why: `stale-${found.why}` }
    : { kind: 'wait', until, why: found.why, staleAt: end };
};
