import type { Random } from './random.ts';

/** The one clock of the simulated world, epoch ms. Instances may see it askew. */
export type Clock = { now: number };

/** A call or a sleep of an instance that waits until it may go on. */
export type Turn = {
  readonly actor: string;
  readonly says: string;
  /** Not before this instant, epoch ms. */
  readonly wakeAt: number;
  readonly go: () => void;
};

/** Lets every promise settle that can. */
export const settled = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** Everything that waits in the simulated world, and whose turn it is. */
export const scheduler = (clock: Clock, chance: Random) => {
  let turns: Turn[] = [];
  return {
    /** Waits for a turn, which comes at `wakeAt` (epoch ms) or later. */
    park: (actor: string, says: string, wakeAt = clock.now): Promise<void> =>
      new Promise((go) => {
        turns.push({ actor, says, wakeAt, go });
      }),
    /** How many could go on now. */
    ready: (): number => turns.reduce((count, { wakeAt }) => count + (wakeAt <= clock.now ? 1 : 0), 0),
    waiting: (): number => turns.length,
    /** Lets one of those that can go on do so. */
    next: (): Turn | undefined => {
      const ready = turns.filter(({ wakeAt }) => wakeAt <= clock.now);
      if (ready.length === 0) return undefined;
      const turn = chance.pick(ready);
      turns.splice(turns.indexOf(turn), 1);
      turn.go();
      return turn;
    },
    /** When the next one wakes, epoch ms. */
    nextAt: (): number | undefined =>
      turns.reduce<number | undefined>(
        (first, { wakeAt }) => (first === undefined || wakeAt < first ? wakeAt : first),
        undefined,
      ),
    /** Whoever is gone waits no more. */
    forget: (actor: string): void => {
      turns = turns.filter((turn) => turn.actor !== actor);
    },
  };
};
export type Scheduler = ReturnType<typeof scheduler>;
