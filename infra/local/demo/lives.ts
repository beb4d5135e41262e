import { ASLEEP, CURIOUS, FRESH, type Habits, KEEN, OCCASIONAL, SILENT, STEADY, UNHAPPY, WARMING } from './habits.ts';
import type { Random } from './random.ts';

/** The days of the year that is played, from 0. */
export const YEAR = 364;

/** A stretch of days (the last one not included) with the same habits. */
export type Chapter = { readonly from: number; readonly to: number; readonly habits: Habits };

/** What happens in a life, and on which days; days before 0 are the time before the year. */
export type Life = {
  readonly lead?: number;
  readonly joined?: number;
  readonly left?: number;
  readonly chapters: readonly Chapter[];
};

const whole = (habits: Habits): readonly Chapter[] => [{ from: 0, to: YEAR, habits }];
const longAgo = (chance: Random): number => -chance.between(120, 7000);

/** Chapters one after the other from a day on, each with its length; the last one lasts to the end. */
const chapters = (from: number, ...parts: readonly (readonly [Habits, number?])[]): readonly Chapter[] => {
  let day = from;
  return parts.map(([habits, length]) => {
    const to = length === undefined ? YEAR : Math.min(day + length, YEAR);
    const chapter = { from: day, to, habits };
    day = to;
    return chapter;
  });
};

/** The kinds of lives there are, and how each of them goes. */
export const lives = {
  steady: (chance) => ({ joined: longAgo(chance), chapters: whole(STEADY) }),
  keen: (chance) => ({ joined: longAgo(chance), chapters: whole(KEEN) }),
  occasional: (chance) => ({ joined: longAgo(chance), chapters: whole(OCCASIONAL) }),
  asleep: (chance) => ({ joined: longAgo(chance), chapters: whole(ASLEEP) }),
  unhappy: (chance) => ({
    joined: longAgo(chance),
    chapters: chapters(0, [STEADY, chance.between(120, 320)], [UNHAPPY]),
  }),
  'falls-silent': (chance) => ({
    joined: longAgo(chance),
    chapters: chapters(0, [STEADY, chance.between(120, 300)], [SILENT]),
  }),
  returns: (chance) => ({
    joined: longAgo(chance),
    chapters: chapters(0, [STEADY, chance.between(60, 220)], [SILENT, chance.between(105, 125)], [STEADY]),
  }),
  leaves: (chance) => {
    const silentFrom = chance.between(30, 200);
    const left = silentFrom + chance.between(20, 150);
    return { joined: longAgo(chance), left, chapters: chapters(0, [STEADY, silentFrom], [SILENT]) };
  },
  joins: (chance) => {
    const lead = chance.between(0, 320);
    const joined = lead + chance.between(12, 40);
    return { lead, joined, chapters: chapters(lead, [WARMING, joined - lead], [FRESH, 90], [STEADY]) };
  },
  'cools-off': (chance) => {
    const lead = chance.between(0, 345);
    return { lead, chapters: chapters(lead, [WARMING, chance.between(7, 25)], [SILENT]) };
  },
  'about-to-join': (chance) => {
    const lead = chance.between(318, 350);
    return { lead, chapters: chapters(lead, [WARMING]) };
  },
  'looks-in': (chance) => {
    const lead = chance.between(0, 340);
    return { lead, chapters: chapters(lead, [CURIOUS]) };
  },
} satisfies Readonly<Record<string, (chance: Random) => Life>>;

export type LifeKind = keyof typeof lives;

/** How many of a hundred people live which life. */
export const shares: Readonly<Record<LifeKind, number>> = {
  steady: 28,
  keen: 7,
  occasional: 12,
  asleep: 4,
  unhappy: 4,
  'falls-silent': 9,
  returns: 5,
  leaves: 4,
  joins: 12,
  'cools-off': 8,
  'about-to-join': 2,
  'looks-in': 5,
};
