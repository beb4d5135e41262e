import type { Limit } from './mail.ts';

/** What the account may send: recipients a second, and in any 24 hours. */
export type Quota = { readonly perSecond: number; readonly perDay: number };

/** A stretch of time (ms) that one item of the budget stands for, and how many mails fit into it. */
export type Slice = { readonly id: number; readonly from: number; readonly length: number; readonly room: number };

const SECOND = 1_000;
const HOUR = 3_600_000;
/** So many mails share an item at most: above this the slices get shorter, so that no item is written more often. */
const MOST = 16;

/** The slice that an instant (epoch ms) lies in. */
export const sliceAt = ({ perSecond }: Quota, instant: number): Slice => {
  const room = Math.max(1, Math.min(Math.floor(perSecond), MOST));
  const length = (room * SECOND) / perSecond;
  const id = Math.floor(instant / length);
  return { id, from: id * length, length, room };
};

/** The slice after it. */
export const sliceAfter = (quota: Quota, { id, length }: Slice): Slice => sliceAt(quota, (id + 1.5) * length);

/** The same slice with room for a share of its mails (0 to 1); over many slices no more and no fewer than that share. */
export const thinned = (slice: Slice, share: number): Slice => {
  const upTo = (id: number) => Math.floor(id * slice.room * share);
  return { ...slice, room: upTo(slice.id + 1) - upTo(slice.id) };
};

/** When the how-manieth mail of a slice goes, from 0; epoch ms. */
export const turnIn = ({ from, length, room }: Slice, mail: number): number => Math.ceil(from + (mail * length) / room);

/** The first mail of a slice whose turn has not passed at an instant (epoch ms). */
export const nextIn = ({ from, length, room }: Slice, instant: number): number =>
  Math.max(0, Math.ceil(((instant - from) * room) / length));

/** The hours that count towards the day's quota: the present one and the 24 before it. An hour is counted from 1970. */
export const hoursOfDay = (instant: number): readonly number[] => {
  const hour = Math.floor(instant / HOUR);
  return Array.from({ length: 25 }, (_, i) => hour - i);
};

/** When the next hour begins, epoch ms: then what was sent 24 hours before it counts no more. */
export const nextHour = (instant: number): number => (Math.floor(instant / HOUR) + 1) * HOUR;

/**
 * When a day that is full has room again, epoch ms.
 * @param used the mails by the hour, the present one first
 */
export const roomAgain = ({ perDay }: Quota, used: readonly number[], instant: number): number => {
  let left = used.reduce((sum, mails) => sum + mails, 0);
  const oldestFirst = used.toReversed();
  const gone = oldestFirst.findIndex((mails) => {
    left -= mails;
    return left < perDay;
  });
  return nextHour(instant) + Math.max(0, gone) * HOUR;
};

/** How many of the day's mails a sender takes at a time: few enough that none is missed, enough to ask seldom. */
export const portion = ({ perDay }: Quota): number => Math.max(1, Math.min(50, Math.floor(perDay / 200)));

/**
 * What SES itself has said of its limits, which may be lower than was set, or shared with others: the share of the rate
 * that was left at an instant, and until when it takes nothing more. Epoch ms.
 */
export type Brake = { readonly share: number; readonly at: number; readonly closedUntil: number };

export const NO_BRAKE: Brake = { share: 1, at: 0, closedUntil: 0 };

/** Each time that SES throttles, so much of the rate is left; ever so much of it at least. */
const LEFT = 0.7;
const LEAST = 0.02;
/** Ten minutes without being throttled, and none of it is held back any more, ms. */
const RECOVERY = 600_000;
/**
 * Who is throttled so soon after has not heard of it yet, or had its turn before: it is one cause, ms. Longer than a
 * sender may keep what it knows of the brake, and looks ahead for its turn.
 */
const MOMENT = 10_000;

/** The share of the rate that is to be used at an instant: it comes back little by little. */
export const shareAt = ({ share, at }: Brake, instant: number): number =>
  Math.min(1, share + Math.max(0, instant - at) / RECOVERY);

/** The brake after SES has throttled; the same where it was put on a moment ago. */
export const braked = (brake: Brake, limit: Limit, instant: number): Brake => {
  if (limit === 'day') {
    const closedUntil = nextHour(instant);
    return brake.closedUntil >= closedUntil ? brake : { ...brake, closedUntil };
  }
  if (instant - brake.at < MOMENT) return brake;
  return { ...brake, share: Math.max(LEAST, shareAt(brake, instant) * LEFT), at: instant };
};
