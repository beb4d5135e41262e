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
export const Tally = z.object({
  counted: z.array(Counted),
  waiting: z.array(Waiting),
  /** Of which it was said afterwards that they were not sent after all, as they were counted. */
  unsent: z.array(Counted).exactOptional(),
});
export type Tally = z.infer<typeof Tally>;
export type Counted = z.infer<typeof Counted>;
export type Waiting = z.infer<typeof Waiting>;

export const NO_TALLY: Tally = { counted: [], waiting: [] };

/** So many of each message are remembered for good, for messages that come once or seldom. */
const REMEMBERED = 2;

const byTime = (a: Counted, b: Counted): number => a.at - b.at;

/** With other mails that were not sent after all; none at all leave no trace. */
const withUnsent = ({ unsent: _, ...rest }: Tally, unsent: readonly Counted[]): Tally => ({
  ...rest,
  ...(unsent.length === 0 ? {} : { unsent: [...unsent] }),
});

/** Counts a message, and forgets what no rule asks for any more. `horizon` is the longest time that one looks back, ms. */
export const counting = (tally: Tally, one: Counted, horizon: number): Tally => {
  const { counted, waiting, unsent = [] } = tally;
  const isAskedFor = ({ at }: Counted): boolean => at > one.at - horizon;
  const all = [...counted.filter(({ id }) => id !== one.id), one].sort(byTime);
  const remembered = new Set(
    [...Map.groupBy(all, ({ message }) => message).values()].flatMap((same) => same.slice(-REMEMBERED)),
  );
  return withUnsent(
    {
      counted: all.filter((other) => remembered.has(other) || isAskedFor(other)),
      waiting: waiting.filter(({ id }) => id !== one.id),
    },
    unsent.filter(isAskedFor),
  );
};

/** It was not sent: as if it had never been counted. */
export const givenBack = (tally: Tally, id: string): Tally => ({
  ...tally,
  counted: tally.counted.filter((one) => one.id !== id),
});

/** It is said not to have been sent after all: it fills no place. The same tally where it fills none already. */
export const withUnsentAfterAll = (tally: Tally, id: string): Tally => {
  const one = tally.counted.find((other) => other.id === id);
  return one ? withUnsent(givenBack(tally, id), [...(tally.unsent ?? []), one].sort(byTime)) : tally;
};

/** It was sent, whatever was said: it fills its place again. The same tally where nothing was said. */
export const withSentAfterAll = (tally: Tally, id: string): Tally => {
  const { counted, unsent = [] } = tally;
  const one = unsent.find((other) => other.id === id);
  if (!one) return tally;
  return withUnsent(
    { ...tally, counted: [...counted.filter((other) => other.id !== id), one].sort(byTime) },
    unsent.filter((other) => other !== one),
  );
};

/** It waits, in place of what was noted of it before. Those that went stale long ago are forgotten. */
export const withWaiting = (tally: Tally, one: Waiting): Tally => ({
  ...tally,
  waiting: [...tally.waiting.filter(({ id, staleAt }) => id !== one.id && staleAt >= one.decidedAt), one],
});

/** It waits no more. The same tally where it did not. */
export const withoutWaiting = (tally: Tally, id: string): Tally =>
  tally.waiting.some((one) => one.id === id)
    ? { ...tally, waiting: tally.waiting.filter((one) => one.id !== id) }
    : tally;
