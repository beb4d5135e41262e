import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { history } from '../../support/arbitrary.ts';
import { event, model } from '../../support/given.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';

const first = { version: 1, compiled: model() };
/** Everything about it is otherwise: points, fading, caps and stages. */
const second = {
  version: 2,
  compiled: model({
    scores: [{ id: 'engagement', title: 'Engagement', halfLife: '7 days' }],
    rules: [
      { id: 'visited', title: 'Visited', on: 'site.visited', score: 'engagement', points: 50, cap: { times: 1 } },
    ],
    journeys: [
      {
        id: 'member',
        title: 'Member',
        appliesTo: { attribute: 'status', in: ['member', 'lead'] },
        stages: [
          { id: 'calm', title: 'Calm' },
          { id: 'keen', title: 'Keen', enter: { score: 'engagement', gte: 5 }, message: 'hello', alert: true },
        ],
      },
    ],
  }),
};
/** The content of the first, brought back. */
const third = { ...first, version: 3 };

const deliver = async (polku: ReturnType<typeof scorer>, days: number, events: readonly ActivityEvent[]) => {
  expect(await polku.on(days, ...events.map(activity))).toEqual(new Set());
};

/** The stored standing, as it lies there. */
const bytes = async ({ store }: ReturnType<typeof scorer>) => JSON.stringify((await store.read('maija'))?.standing);

describe('a model that is rolled back', () => {
  it('leaves everybody where they stood before', () =>
    fc.assert(
      fc.asyncProperty(history(), async (events) => {
        const polku = scorer({ published: first });
        await deliver(polku, 250, events);
        await polku.on(300, tick());
        const before = await bytes(polku);
        polku.publish(second);
        await polku.on(300, tick());
        polku.publish(third);
        await polku.on(300, tick());
        expect(await bytes(polku)).toBe(before);
      }),
      { numRuns: 100 },
    ));

  it('is as if it had been in force all along, also for what came in between and late', () =>
    fc.assert(
      fc.asyncProperty(history(), fc.nat(40), fc.nat(40), async (events, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const [steady, wavering] = [scorer({ published: first }), scorer({ published: first })];
        for (const polku of [steady, wavering]) await deliver(polku, 210, events.slice(0, from));
        wavering.publish(second);
        for (const polku of [steady, wavering]) await deliver(polku, 220, events.slice(from, to));
        wavering.publish(third);
        for (const polku of [steady, wavering]) {
          await deliver(polku, 230, events.slice(to));
          await polku.on(300, tick());
        }
        const [undisturbed, restored] = [await steady.store.read('maija'), await wavering.store.read('maija')];
        expect(await bytes(wavering)).toBe(await bytes(steady));
        expect(restored?.dueAt).toBe(undisturbed?.dueAt);
      }),
      { numRuns: 100 },
    ));

  it('tells the lists where people stand, and writes to nobody', async () => {
    const polku = scorer({ published: first });
    await deliver(polku, 1, [event('member.joined', 0), event('site.visited', 1)]);
    const written = () => new Set(polku.effects.filter(({ kind }) => kind !== 'move').map(({ id }) => id));
    const before = written();
    polku.publish(second);
    await polku.on(2, tick());
    expect(polku.effects.at(-1)).toMatchObject({ kind: 'move', stage: 'keen' });
    polku.publish(third);
    await polku.on(2, tick());
    expect(polku.effects.at(-1)).toMatchObject({ kind: 'move', stage: 'quiet' });
    expect(written()).toEqual(before);
  });
});
