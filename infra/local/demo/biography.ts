import { TRACKING } from '../../../events/purpose.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import type { Json } from '../../../shared/kernel/json.ts';
import type { Doing } from './habits.ts';
import { type Happening, happening } from './happening.ts';
import type { Chapter, Life } from './lives.ts';
import type { Person } from './person.ts';
import type { Random } from './random.ts';
import { liveliness, momentOfDay } from './rhythm.ts';

/** Something that happened at an instant (epoch ms), to be told by a source. */
export type Moment = Happening & { readonly time: number; readonly email?: string };

const MINUTE = 60_000;

const consents = (chance: Random, time: number, likely: Readonly<Record<string, number>>): readonly Moment[] =>
  Object.entries(likely)
    .filter(([, probability]) => chance.chance(probability))
    .map(([purpose], i) => ({ time: time + (i + 1) * MINUTE, type: 'consent.given', data: { purpose } }));

/** Every third of them has nothing against it that it is noted which mails they read. */
const isOpen = ({ id }: Person): boolean => Number(id.slice(-4)) % 3 === 0;

const introduction = (type: string, { email, attributes }: Person, time: number): Moment => {
  const data: { [key: string]: Json } = { attributes };
  return { time, type, email, data };
};

/** The doings of one day: each as a coin thrown, weighed by habit, month and weekday. */
const doingsOf = (chance: Random, { habits }: Chapter, midnight: number): readonly Doing[] => {
  const lively = liveliness(midnight);
  return (Object.entries(habits) as [Doing, number][])
    .filter(([, timesIn30Days]) => chance.chance((timesIn30Days / 30) * lively))
    .map(([doing]) => doing);
};

const ofChapter = (chance: Random, chapter: Chapter, start: number): readonly Moment[] =>
  Array.from({ length: Math.max(chapter.to - chapter.from, 0) }, (_, i) => start + (chapter.from + i) * DAY).flatMap(
    (midnight) =>
      doingsOf(chance, chapter, midnight).map((doing) => ({
        time: momentOfDay(chance, midnight),
        ...happening(chance, doing),
      })),
  );

/** All that a person does, from a start (epoch ms, a midnight in UTC) on; not in order. */
export const biography = (chance: Random, person: Person, life: Life, start: number): readonly Moment[] => {
  const on = (day: number) => momentOfDay(chance, start + day * DAY);
  const { lead, joined, left, chapters } = life;
  const created = lead === undefined ? undefined : on(lead);
  const entered = joined === undefined ? undefined : on(joined);
  const moments = [
    ...(created === undefined
      ? []
      : [introduction('lead.created', person, created), ...consents(chance, created, { marketing: 0.8 })]),
    ...(entered === undefined
      ? []
      : [
          introduction('member.joined', person, entered),
          ...consents(chance, entered, { service: 0.97, membership: 0.93, marketing: 0.6 }),
        ]),
    ...(isOpen(person)
      ? [{ time: (created ?? entered ?? start) + 10 * MINUTE, type: 'consent.given', data: { purpose: TRACKING } }]
      : []),
    ...chapters.flatMap((chapter) => ofChapter(chance, chapter, start)),
    ...(left === undefined
      ? []
      : [{ time: on(left), type: 'member.left', data: { reason: chance.pick(['moved', 'cost', 'unknown']) } }]),
  ];
  // Nobody does anything before they are known: what chance put earlier on the first day is left out.
  const known = Math.min(created ?? Number.POSITIVE_INFINITY, entered ?? Number.POSITIVE_INFINITY);
  return moments.filter(({ time }) => time >= known);
};
