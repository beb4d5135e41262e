import { setTimeout as pause } from 'node:timers/promises';
import { turns } from '../turns.ts';
import { type Journey, type Stop, travel } from './travel.ts';

/** How often to look whether something is due, in ms. */
const EVERY = 1000;

/** Runs schedules as they come due, and takes the clock on journeys, one at a time; meanwhile nothing else runs. */
export const runSchedules = (journey: Journey) => {
  const turn = turns();
  const stop = new AbortController();

  const look = async (): Promise<void> => {
    const end = await turn();
    try {
      if (!stop.signal.aborted) await journey.scheduler.runDue();
    } finally {
      end();
    }
  };
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await look();
      await pause(EVERY, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const looping = loop();

  return {
    /** Moves the clock to an instant, epoch ms; a line for each stop. */
    travel: async function* (target: number): AsyncGenerator<Stop> {
      const end = await turn();
      try {
        for await (const made of travel(journey, target)) {
          yield made;
          if (stop.signal.aborted) return;
        }
      } finally {
        end();
      }
    },
    close: async () => {
      stop.abort();
      await looping;
    },
  };
};
