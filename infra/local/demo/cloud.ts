import * as z from 'zod';
import { Trouble } from '../trouble.ts';

const State = z.object({
  now: z.string(),
  queues: z.array(z.object({ name: z.string(), visible: z.number(), inFlight: z.number(), delayed: z.number() })),
  metrics: z.record(z.string(), z.number()),
});

export type CloudState = {
  /** Polku's time, epoch ms. */
  readonly now: number;
  /** Messages that wait or are being worked on, in all queues. */
  readonly waiting: number;
  /** Metric → the sum since the start. */
  readonly metrics: Readonly<Record<string, number>>;
};

const Stop = z.union([z.object({ error: z.string() }), z.object({ now: z.string() })]);
const Idle = z.object({ quiet: z.boolean() });

/** What the local cloud lets a program on this machine do with it. `control` is its base address. */
export const localCloud = (control: string) => {
  const state = async (): Promise<CloudState> => {
    const { now, queues, metrics } = State.parse(await (await fetch(control)).json());
    const waiting = queues.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
    return { now: Date.parse(now), waiting, metrics };
  };

  /** Moves the clock forward to an instant, epoch ms, and runs all that falls due on the way. */
  const travel = async (to: number): Promise<void> => {
    const body = JSON.stringify({ to: new Date(to).toISOString() });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${control}/clock`, { method: 'POST', headers, body });
    const last = Stop.parse(JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '{}'));
    if ('error' in last) throw new Trouble(`The clock would not move: ${last.error}`);
  };

  /** True when no queue has anything left to do; false when that is not so yet after `seconds`. */
  const quiet = async (seconds: number): Promise<boolean> =>
    Idle.parse(await (await fetch(`${control}/idle?timeout=${seconds}`, { method: 'POST' })).json()).quiet;

  return { state, travel, quiet };
};
export type LocalCloud = ReturnType<typeof localCloud>;
