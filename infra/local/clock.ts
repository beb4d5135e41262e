import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile, writePrivately } from './private-file.ts';

const Kept = z.object({
  /** ms that the clock is ahead of the machine's. */
  offset: z.number().min(0),
  /** Every schedule due up to this instant has run, epoch ms. */
  ranUpTo: z.number(),
});

export type Clock = {
  /** Epoch ms. */
  readonly now: () => number;
  /** Moves forward to an instant; one that has passed changes nothing. */
  readonly moveTo: (instant: number) => void;
  readonly ranUpTo: () => number;
  readonly markRun: (instant: number) => void;
  /** The offset where worker threads can read it: one float, ms. */
  readonly shared: SharedArrayBuffer;
};

/**
 * The clock of the local cloud: the machine's, and ahead of it by what was travelled. Kept in the data folder, so
 * that it goes on from where it was. `machine` is the machine's clock, epoch ms.
 */
export const openClock = (data: string, machine: () => number): Clock => {
  const file = join(data, 'clock.json');
  const kept = readJsonFile(file, Kept) ?? { offset: 0, ranUpTo: machine() };
  let { ranUpTo } = kept;
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(shared);
  offset[0] = kept.offset;
  const ahead = () => offset[0] ?? 0;
  const now = () => machine() + ahead();
  const keep = () => writePrivately(file, JSON.stringify({ offset: ahead(), ranUpTo }));
  keep();

  return {
    now,
    moveTo: (instant) => {
      if (instant <= now()) return;
      offset[0] = instant - machine();
      keep();
    },
    ranUpTo: () => ranUpTo,
    markRun: (instant) => {
      if (instant <= ranUpTo) return;
      ranUpTo = instant;
      keep();
    },
    shared,
  };
};
