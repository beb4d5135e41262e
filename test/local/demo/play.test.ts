import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../events/envelope.ts';
import { playDays, playHistory, type Stage } from '../../../infra/local/demo/play.ts';
import { DAY } from '../../../shared/kernel/duration.ts';

const today = Date.UTC(2026, 10, 23);
const eventAt = (time: number, number: number): Activity => ({
  id: `e${number}`,
  type: 'site.visited',
  member: { id: 'm1' },
  time: new Date(time).toISOString(),
  data: {},
});

/** A stage that writes down what is done on it; the queues need a second look before they are empty. */
const recorded = () => {
  const done: string[] = [];
  let now = today + 5 * 3_600_000;
  let looks = 0;
  const stage: Stage = {
    cloud: {
      state: async () => ({ now, waiting: 1, metrics: {} }),
      travel: async (to) => {
        now = to;
        done.push(`clock ${new Date(to).toISOString().slice(0, 10)}`);
      },
      quiet: async () => {
        looks++;
        if (looks % 2 === 0) done.push('quiet');
        return looks % 2 === 0;
      },
    },
    door: {
      send: async (events, at) => {
        done.push(`sent ${events.length} at ${new Date(at).toISOString().slice(0, 10)}`);
      },
    },
    progress: () => ({ at: () => {}, end: () => {} }),
  };
  return { stage, done };
};

describe('playing a year', () => {
  it('sends history in batches of a hundred, and waits until it is scored', async () => {
    const { stage, done } = recorded();
    const events = Array.from({ length: 230 }, (_, i) => eventAt(today - DAY + i, i));
    await playHistory(stage, events);
    expect(done).toEqual(['sent 100 at 2026-11-23', 'sent 100 at 2026-11-23', 'sent 30 at 2026-11-23', 'quiet']);
  });

  it('lets each day pass before it tells what happened on it', async () => {
    const { stage, done } = recorded();
    const events = [eventAt(today + 1, 1), eventAt(today + DAY - 1, 2), eventAt(today + 2 * DAY, 3)];
    await playDays(stage, events, today, 3);
    expect(done).toEqual([
      ...['clock 2026-11-24', 'sent 2 at 2026-11-24', 'quiet'],
      ...['clock 2026-11-25', 'quiet'],
      ...['clock 2026-11-26', 'sent 1 at 2026-11-26', 'quiet'],
    ]);
  });
});
