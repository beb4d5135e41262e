/** What the account may send: recipients a second, and in any 24 hours. */
export type Quota = { readonly perSecond: number; readonly perDay: number };

/** A stretch of time that one item of the budget stands for, and how many mails fit into it. */
export type Slice = { readonly id: number; readonly from: number; readonly room: number; readonly step: number };

const SECOND = 1_000;
const HOUR = 3_600_000;
/** So many mails share an item at most: above this the slices get shorter, so that no item is written more often. */
const MOST = 16;

/** The slice that an instant (epoch ms) lies in. Its mails go `step` ms apart. */
export const sliceAt = ({ perSecond }: Quota, instant: number): Slice => {
  const room = Math.max(1, Math.min(Math.floor(perSecond), MOST));
  const length = (room * SECOND) / perSecond;
  const id = Math.floor(instant / length);
  return { id, from: id * length, room, step: length / room };
};

/** The slice after it. */
export const sliceAfter = (quota: Quota, { id, room, step }: Slice): Slice => sliceAt(quota, (id + 1.5) * room * step);

/** When the how-manieth mail of a slice goes, from 0; epoch ms. */
export const turnIn = ({ from, step }: Slice, mail: number): number => Math.ceil(from + mail * step);

/** The hours that count towards the day's quota: the present one and the 24 before it. An hour is counted from 1970. */
export const hoursOfDay = (instant: number): readonly number[] => {
  const hour = Math.floor(instant / HOUR);
  return Array.from({ length: 25 }, (_, i) => hour - i);
};

/** When the next hour begins, epoch ms: then what was sent 24 hours before it counts no more. */
export const nextHour = (instant: number): number => (Math.floor(instant / HOUR) + 1) * HOUR;

/** How many of the day's mails a sender takes at a time: few enough that none is missed, enough to ask seldom. */
export const portion = ({ perDay }: Quota): number => Math.max(1, Math.min(50, Math.floor(perDay / 200)));
