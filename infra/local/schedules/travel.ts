import type { Clock } from '../clock.ts';
import type { Quiet } from '../quiet.ts';
import type { Scheduler } from './scheduler.ts';

/** So that each day has a stop at a decent hour, at which letters go that were held back overnight: 6 hours, ms. */
const STRIDE = 21_600_000;
/** How long to wait for the queues at a stop, in seconds. */
const PATIENCE = 120;

export type Journey = { readonly clock: Clock; readonly scheduler: Scheduler; readonly quiet: Pick<Quiet, 'reached'> };

/** Epoch ms, both. */
export type Stop = { readonly now: number; readonly target: number };

/**
 * Moves the clock to an instant, with a stop at every instant of a cron schedule and every six hours at least. At each stop
 * the rate schedules run once, the queues run empty, and then what is due exactly there runs: so a digest finds
 * everything done that was due before it. Throws where the queues do not run empty.
 */
export async function* travel({ clock, scheduler, quiet }: Journey, target: number): AsyncGenerator<Stop> {
  const settled = async () => {
    if (!(await quiet.reached(PATIENCE))) throw new Error('The queues do not run empty: look at the logs');
  };
  let here = clock.now();
  await settled();
  while (here < target) {
    here = Math.min(target, here + STRIDE, scheduler.nextCron(here) ?? target);
    clock.moveTo(here);
    await scheduler.runRates();
    await settled();
    await scheduler.runCrons(here);
    await settled();
    yield { now: here, target };
  }
}
