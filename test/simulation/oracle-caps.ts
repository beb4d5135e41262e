import type { ActivityEvent } from '../../events/envelope.ts';
import type { Cap, Period } from './document.ts';
import { dayOf, firstOf } from './oracle-calendar.ts';
import { at, ms } from './oracle-conditions.ts';

const CALENDAR = 'calendar ';
const periods = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Period[];

type Counted = { readonly time: number; readonly points: number; readonly value: string };

/** What counted under each cap. */
export class OracleCaps {
  readonly #zone: string;
  readonly #counted = new Map<Cap, Counted[]>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** What lies in the same period of a cap as an instant. */
  #open(cap: Cap, now: number): Counted[] {
    const all = this.#counted.get(cap) ?? [];
    const { per } = cap;
    if (per === undefined) return all;
    const calendar = periods.find((period) => per === CALENDAR + period);
    if (!calendar) return all.filter(({ time }) => now - time < ms(per));
    const period = (time: number) => firstOf(calendar, dayOf(time, this.#zone));
    return all.filter(({ time }) => period(time) === period(now));
  }

  /** What of an event's points counts, having passed all caps; undefined where one lets none of it through. */
  count(caps: readonly Cap[], { time, data }: ActivityEvent, worth: number): number | undefined {
    const fieldIn = ({ oncePer }: Cap) =>
      JSON.stringify(oncePer === undefined ? null : (at(data, oncePer.split('.')) ?? null));
    let points = worth;
    for (const cap of caps) {
      const open = this.#open(cap, time);
      if (open.length >= (cap.times ?? Number.POSITIVE_INFINITY)) return undefined;
      if (cap.oncePer !== undefined && open.some(({ value }) => value === fieldIn(cap))) return undefined;
      const used = open.reduce((sum, one) => sum + Math.abs(one.points), 0);
      const left = Math.max(0, (cap.points ?? Number.POSITIVE_INFINITY) - used);
      if (points !== 0 && left === 0) return undefined;
      points = Math.sign(points) * Math.min(Math.abs(points), left);
    }
    for (const cap of caps) {
      this.#counted.set(cap, [...(this.#counted.get(cap) ?? []), { time, points, value: fieldIn(cap) }]);
    }
    return points;
  }
}
