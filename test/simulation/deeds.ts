import type { Random } from './random.ts';
import type { Clock } from './scheduler.ts';

/** Something that happens outside at an instant, epoch ms. */
type Deed = { readonly at: number; readonly says: string; readonly act: () => void };

/** What is still to happen outside. */
export const deeds = (clock: Clock) => {
  const open: Deed[] = [];
  return {
    add: (at: number, says: string, act: () => void): void => void open.push({ at, says, act }),
    /** How many could happen now. */
    due: (): number => open.reduce((count, { at }) => count + (at <= clock.now ? 1 : 0), 0),
    /** Takes one of those out. */
    next: (chance: Random): Deed | undefined => {
      const due = open.filter(({ at }) => at <= clock.now);
      if (due.length === 0) return undefined;
      const deed = chance.pick(due);
      open.splice(open.indexOf(deed), 1);
      return deed;
    },
    nextAt: (): number | undefined => (open.length === 0 ? undefined : Math.min(...open.map(({ at }) => at))),
    size: (): number => open.length,
  };
};
export type Deeds = ReturnType<typeof deeds>;
