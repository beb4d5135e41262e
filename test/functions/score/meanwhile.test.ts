import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { event, model } from '../../support/given.ts';
import { memoryMemberStore } from '../../support/memory-member-store.ts';
import { activity, scorer } from '../../support/pipeline.ts';

/** What is stored in the end where a worker is about to write what it has folded, and another does all of its own work meanwhile. */
const workedOnBoth = async (before: readonly ActivityEvent[], slow: ActivityEvent, meanwhile: ActivityEvent) => {
  const store = memoryMemberStore();
  const other = scorer({ store, today: 30 });
  await other.on(30, ...before.map(activity));
  let isFirst = true;
  const one = scorer({
    today: 30,
    store: {
      ...store,
      async writeSnapshots(writes) {
        if (isFirst && writes.length > 0) {
          isFirst = false;
          expect(await other.on(30, activity(meanwhile))).toEqual(new Set());
        }
        return store.writeSnapshots(writes);
      },
    },
  });
  expect(await one.on(30, activity(slow))).toEqual(new Set());
  return { stored: (await store.read('maija'))?.standing, all: [...before, slow, meanwhile] };
};

const updated = (days: number, attributes: Record<string, string | null>) =>
  event('member.updated', days, { data: { attributes } });
const joined = event('member.joined', 0);
const latest = updated(20, { branch: 'care' });

describe('two events that together leave a standing as it was, each with another worker', () => {
  it('leave it as it was where one says something and the other takes it away', async () => {
    const { stored, all } = await workedOnBoth(
      [joined, latest],
      updated(3, { region: 'north' }),
      updated(4, { region: null }),
    );
    expect(stored).toEqual(fold(model(), all));
  });

  it('leave it as it was where one takes the other back', async () => {
    const { stored, all } = await workedOnBoth(
      [joined, latest],
      event('event.attended', 3),
      event('event.retracted', 4, { data: { id: 'event.attended@3' } }),
    );
    expect(stored).toEqual(fold(model(), all));
  });
});
