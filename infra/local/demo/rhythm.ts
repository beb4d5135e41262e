import { DAY } from '../../../shared/kernel/duration.ts';
import type { Random } from './random.ts';

/** How lively a month is, January first. In July the North is at the cottage. */
const months = [1, 1.05, 1.1, 1, 1, 0.75, 0.2, 0.75, 1.15, 1.15, 1.1, 0.7] as const;
/** Sunday first. */
const weekdays = [0.5, 1.2, 1.25, 1.2, 1.15, 1, 0.45] as const;
/** The hours of the day, in UTC: lunch break and evening. */
const hours = { '6': 4, '8': 6, '10': 10, '11': 8, '13': 6, '15': 8, '17': 12, '18': 14, '19': 12, '20': 6 } as const;

/** How much more (or less) happens on the day of this instant (epoch ms) than on an ordinary one. */
export const liveliness = (instant: number): number => {
  const date = new Date(instant);
  return (months[date.getUTCMonth()] ?? 1) * (weekdays[date.getUTCDay()] ?? 1);
};

/** A likely instant on the UTC day on which `instant` lies (all epoch ms). */
export const momentOfDay = (chance: Random, instant: number): number => {
  const midnight = Math.floor(instant / DAY) * DAY;
  return midnight + Number(chance.weighted(hours)) * 3_600_000 + chance.between(0, 3_599) * 1000;
};
