import type { Activity } from '../../../events/envelope.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import type { Progress } from '../progress.ts';
import { Trouble } from '../trouble.ts';
import type { CloudState, LocalCloud } from './cloud.ts';
import { BATCH, type FrontDoor } from './front-door.ts';

/** The part of the year that has happened already when the demo begins; the rest is lived day by day. */
export const HISTORY_DAYS = 46 * 7;

export type Stage = {
  readonly cloud: LocalCloud;
  readonly door: FrontDoor;
  readonly progress: (title: string, total: number) => Progress;
};

const batches = (events: readonly Activity[]): readonly (readonly Activity[])[] =>
  Array.from({ length: Math.ceil(events.length / BATCH) }, (_, i) => events.slice(i * BATCH, (i + 1) * BATCH));

/** Waits until all queues are empty. Throws Trouble where nothing has moved for a minute. */
const settled = async (cloud: LocalCloud, watch: (state: CloudState) => void): Promise<void> => {
  let [before, patience] = [Number.POSITIVE_INFINITY, 60];
  while (!(await cloud.quiet(1))) {
    const state = await cloud.state();
    watch(state);
    patience = state.waiting < before ? 60 : patience - 1;
    if (patience === 0) throw new Trouble('Polku has made no headway for a minute: see the logs in its data folder.');
    before = state.waiting;
  }
};

/** Sends what happened before today, as an organisation does that brings its history along. */
export const playHistory = async ({ cloud, door, progress }: Stage, events: readonly Activity[]): Promise<void> => {
  const sending = progress('History sent  ', events.length);
  let sent = 0;
  for (const batch of batches(events)) {
    const { now } = await cloud.state();
    await door.send(batch, now);
    sent += batch.length;
    sending.at(sent);
  }
  sending.end();
  const scoring = progress('History scored', events.length);
  await settled(cloud, ({ waiting }) => scoring.at(Math.max(0, events.length - waiting)));
  scoring.end();
};

/** Lives on from `today` (a midnight, epoch ms) day by day: a day passes, and what happened on it is sent. */
export const playDays = async (
  { cloud, door, progress }: Stage,
  events: readonly Activity[],
  today: number,
  days: number,
): Promise<void> => {
  const living = progress('Days lived    ', days);
  const byDay = Map.groupBy(events, ({ time }) => Math.floor((Date.parse(time) - today) / DAY));
  for (let day = 0; day < days; day++) {
    const midnight = today + (day + 1) * DAY;
    await cloud.travel(midnight);
    for (const batch of batches(byDay.get(day) ?? [])) await door.send(batch, midnight);
    await settled(cloud, () => {});
    living.at(day + 1);
  }
  living.end();
};
