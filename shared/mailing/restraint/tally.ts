import * as z from 'zod';
import { Purpose } from '../../../events/purpose.ts';

const common = {
  /** The id of the effect. */
  id: z.string(),
  message: z.string(),
  purpose: Purpose,
};
const Counted = z.object({
  ...common,
  at: z.int(),
  /** It was withheld to see what it does: it fills no place, but counts as received. */
  heldOut: z.literal(true).exactOptional(),
});
const Waiting = z.object({
  ...common,
  priority: z.int(),
  decidedAt: z.int(),
  until: z.int(),
  staleAt: z.int(),
  /** The change of stage that it tells of: once that is no longer so, it stands in nobody's way. */
  of: z
    .object({
      journey: z.string(),
      stage: z.string(),
      sequence: z.int(),
      on: z.enum(['entry', 'stay', 'exit']).exactOptional(),
    })
    .exactOptional(),
});

/**
 * What a member was written, and what waits to be. Counted when it is claimed, so that nobody else fills the same place;
 * given back when it was not sent. All instants are epoch ms.
 */
export const Tally = z.object({ counted: z.array(Counted), waiting: z.array(Waiting) });
export type Tally = z.infer<typeof Tally>;
export type Counted = z.infer<typeof Counted>;
export type Waiting = z.infer<typeof Waiting>;

export const NO_TALLY: Tally = { counted: [], waiting: [] };

/** So many of each message are remembered for good, for messages that come once or seldom. */
const REMEMBERED = 2;

/** Counts a message, and forgets what no rule asks for any more. `horizon` is the longest time that one looks back, ms. */
export const counting = ({ counted, waiting }: Tally, one: Counted, horizon: number): Tally => {
  const all = [...counted.filter(({ id }) => id !== one.id), one].sort((a, b) => a.at - b.at);
  const remembered = new Set(
    [...Map.groupBy(all, ({ message }) => message).values()].flatMap((same) => same.slice(-REMEMBERED)),
  );
  return {
    counted: all.filter((other) => remembered.has(other) || other.at > one.at - horizon),
    waiting: waiting.filter(({ id }) => id !== one.id),
  };
};

/** It was not sent: as if it had never been counted. */
export const givenBack = ({ counted, waiting }: Tally, id: string): Tally => ({
  counted: counted.filter((one) => one.id !== id),
  waiting,
});

/** It waits, in place of what was noted of it before. Those that went stale long ago are forgotten. */
export const withWaiting = ({ counted, waiting }: Tally, one: Waiting): Tally => ({
  counted,
  waiting: [...waiting.filter(({ id, staleAt }) => id !== one.id && staleAt >= one.decidedAt), one],
});

/** It waits no more. The same tally where it did not. */
export const withoutWaiting = (tally: Tally, id: string): Tally =>
  tally.waiting.some((one) => one.id === id)
    ? { counted: tally.counted, waiting: tally.waiting.filter((one) => one.id !== id) }
    : tally;
