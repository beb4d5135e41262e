import { setTimeout as pause } from 'node:timers/promises';
import type { EventSource } from './event-sources/event-source.ts';
import type { QueueServer } from './queues/queue-server.ts';

/** How often messages that wait for another attempt get it while somebody waits, in ms. */
const ATTEMPT_EVERY = 1000;

export type Quiet = {
  /** Names who takes from the queues. */
  readonly watch: (sources: readonly EventSource[]) => void;
  /** Whether somebody waits for quiet just now. */
  readonly wanted: () => boolean;
  /**
   * Waits until no queue that a function takes from holds anything, visible, in flight or delayed. Whatever waits for
   * its time gets its time at once. False where that took longer than `seconds`.
   */
  readonly reached: (seconds: number) => Promise<boolean>;
};

export const quiet = (queues: QueueServer): Quiet => {
  let sources: readonly EventSource[] = [];
  let waiting = 0;
  // Kept from one wait to the next: whoever waits in spells shorter than this is heard as well.
  let stillSince = performance.now();

  const waits = () => {
    const depths = queues.depths().filter(({ name }) => sources.some(({ queue }) => queue === name));
    const sum = (count: (depth: (typeof depths)[number]) => number) =>
      depths.reduce((total, depth) => total + count(depth), 0);
    return { visible: sum(({ visible }) => visible), asleep: sum(({ inFlight, delayed }) => inFlight + delayed) };
  };
  const busy = () => sources.some((source) => source.busy());

  const wait = async (seconds: number): Promise<boolean> => {
    const until = performance.now() + seconds * 1000;
    for (;;) {
      const { visible, asleep } = waits();
      const now = performance.now();
      if (visible + asleep === 0 && !busy()) return true;
      if (visible > 0 || busy()) stillSince = now;
      // In nobody's hands: failed before, or not due yet.
      else if (now - stillSince > ATTEMPT_EVERY) {
        queues.hasten();
        stillSince = now;
      }
      if (now > until) return false;
      await pause(10);
    }
  };

  return {
    watch: (all) => {
      sources = all;
    },
    wanted: () => waiting > 0,
    reached: async (seconds) => {
      waiting++;
      try {
        return await wait(seconds);
      } finally {
        waiting--;
      }
    },
  };
};
