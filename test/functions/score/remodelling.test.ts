import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_MODEL } from '../../../shared/scoring/compile.ts';
import type { CompiledVersion, Publication } from '../../../shared/scoring/published-model.ts';
import { history } from '../../support/arbitrary.ts';
import { day, event, model } from '../../support/given.ts';
import { activity, scorer, tick } from '../../support/pipeline.ts';

const first: CompiledVersion = { version: 1, compiled: model(), publication: { at: day(-1), announce: false } };
/** Whoever attended once is active, and silence counts after 20 days already. */
const bold = model({
  rules: [{ id: 'attended', title: 'Attended', on: 'event.attended', score: 'engagement', points: 60 }],
  journeys: [
    {
      id: 'member',
      title: 'Member',
      appliesTo: { attribute: 'status', eq: 'member' },
      stages: [
        { id: 'quiet', title: 'Quiet', message: 'hello' },
        { id: 'active', title: 'Active', enter: { score: 'engagement', gte: 25 }, message: 'hello' },
        { id: 'at-risk', title: 'At risk', enter: { since: 'activity', gte: '20 days' }, alert: true, atRisk: true },
      ],
    },
  ],
});
const second = (days: number, announce = false): CompiledVersion => ({
  version: 2,
  compiled: bold,
  publication: { at: day(days), announce },
});
const joined = activity(event('member.joined', 0));
const attended = (days: number) => activity(event('event.attended', days));

type Polku = ReturnType<typeof scorer> & { readonly told: () => string[] };

/** A scorer of which one hears each thing once, though outboxes are sent again. */
const opened = (options: Parameters<typeof scorer>[0] = { published: first }): Polku => {
  const polku = scorer(options);
  const heard = new Set<string>();
  const told = () =>
    polku.effects.splice(0).flatMap(({ id, kind, journey, stage }) => {
      if (heard.has(id)) return [];
      heard.add(id);
      return `${kind} ${journey} ${stage}`;
    });
  return { ...polku, told };
};

/** Somebody who joined and attended, and whom the first model has told of. */
const known = async () => {
  const polku = opened();
  await polku.on(0, joined);
  await polku.on(1, attended(1));
  polku.told();
  return polku;
};

it('what lay in the ledger untold when somebody died over it is told by the next tick, also in a journey never told of', async () => {
  const polku = opened({ published: { version: 0, compiled: NO_MODEL } });
  const visited = activity(event('site.visited', 0));
  await polku.on(0, visited);
  polku.publish({ ...first, publication: { at: day(1), announce: false } });
  await polku.store.putEvents([event('member.joined', 2)]);
  await polku.on(30, activity(event('member.joined', 2)));
  expect((await polku.store.read('maija'))?.dueAt).toBeLessThanOrEqual(day(30));
  await polku.on(30.1, tick());
  expect(polku.told()).toEqual(['move member quiet']);
});

describe('what a new model changes by itself', () => {
  it('is recorded, and nobody is written to', async () => {
    const polku = await known();
    polku.publish(second(5));
    await polku.on(6, tick());
    expect(polku.told()).toEqual(['move member active']);
  });

  it('is recorded as such until the next change', async () => {
    const polku = await known();
    const announced = async () => (await polku.store.read('maija'))?.announced.member;
    expect(await announced()).not.toHaveProperty('byModel');
    polku.publish(second(5));
    await polku.on(6, tick());
    expect(await announced()).toEqual({ stage: 'active', sequence: 2, byModel: 2 });
    await polku.on(7, activity(event('newsletter.read', 7)));
    expect(await announced()).toEqual({ stage: 'active', sequence: 2, byModel: 2 });
    await polku.on(21.1, tick());
    expect(await announced()).toEqual({ stage: 'at-risk', sequence: 3 });
  });

  it('is told where that is wished, as of the moment of publishing, however long ago the stage would have begun', async () => {
    const polku = await known();
    polku.publish(second(15, true));
    await polku.on(16, tick());
    expect(polku.told()).toEqual(['move member active', 'message member active']);
    await polku.on(17, tick());
    expect(polku.told()).toEqual([]);
  });

  it('is told in the same way to whom an event brings along, and whom a backfill does', async () => {
    const comings = [tick(), activity(event('newsletter.read', 16)), activity(event('newsletter.read', -30))];
    for (const coming of comings) {
      const polku = await known();
      polku.publish(second(15, true));
      await polku.on(16, coming);
      expect(polku.told()).toEqual(['move member active', 'message member active']);
    }
  });

  it('is not told of what an event changes that came with it: that is news or not by itself', async () => {
    const polku = opened();
    await polku.on(0, joined);
    polku.told();
    polku.publish(second(5, true));
    await polku.on(6, attended(6));
    expect(polku.told()).toEqual(['move member active', 'message member active']);
  });
});

describe('what happens after a model was published', () => {
  it('is news, though the member comes to the model only with it', async () => {
    const polku = await known();
    polku.publish(second(5));
    await polku.on(21.1, tick());
    expect(polku.told()).toEqual(['move member active', 'move member at-risk', 'alert member at-risk']);
  });

  it('is left to the tick by a backfill that brings the member along', async () => {
    const polku = await known();
    polku.publish(second(5));
    await polku.on(21.1, activity(event('newsletter.read', -30)));
    expect(polku.told()).toEqual(['move member active']);
    expect((await polku.store.read('maija'))?.dueAt).toBeLessThanOrEqual(day(21.1));
    await polku.on(21.2, tick());
    expect(polku.told()).toEqual(['move member at-risk', 'alert member at-risk']);
  });

  it('is news also where a crash had put the event in the ledger and told nobody', async () => {
    const polku = opened();
    await polku.on(0, joined);
    polku.told();
    polku.publish(second(5));
    await polku.store.putEvents([event('event.attended', 6)]);
    await polku.on(6, attended(6));
    expect(polku.told()).toEqual(['move member active', 'message member active']);
  });
});

describe('what was due to be told when a model was published', () => {
  it('is told all the same', async () => {
    const polku = await known();
    polku.publish({ ...first, version: 2, publication: { at: day(61.2), announce: false } });
    await polku.on(61.3, tick());
    expect(polku.told()).toEqual(['move member at-risk', 'alert member at-risk']);
  });

  it('is only recorded where the earlier model cannot be read any more', async () => {
    const polku = opened({ published: first, earlierModel: async () => undefined });
    await polku.on(0, joined);
    await polku.on(1, attended(1));
    polku.told();
    polku.publish({ ...first, version: 2, publication: { at: day(61.2), announce: false } });
    await polku.on(61.3, tick());
    expect(polku.told()).toEqual(['move member at-risk']);
  });
});

describe('however a member comes to a new version', () => {
  const publication = (announce: boolean): Publication => ({ at: day(250), announce });
  const versions = fc.boolean().map((announce) => ({ ...second(250), publication: publication(announce) }));
  it('the same is told, now or later, by a tick or an old event', async () => {
    let moved = 0;
    await fc.assert(
      fc.asyncProperty(history(), versions, fc.integer({ min: 0, max: 48 }), async (events, version, hours) => {
        const late = event('newsletter.read', -400);
        const outcomes = await Promise.all(
          [
            { after: 0, by: tick() },
            { after: hours / 24, by: tick() },
            { after: hours / 24, by: activity(late) },
          ].map(async ({ after, by }) => {
            const polku = opened();
            await polku.on(249.9, ...events.map(activity), tick());
            polku.told();
            polku.publish(version);
            await polku.on(250 + after, by);
            await polku.on(252, tick());
            const { announced = {} } = (await polku.store.read('maija')) ?? {};
            return { told: polku.told(), announced };
          }),
        );
        if (outcomes[0]?.told.length) moved++;
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(outcomes[2]?.announced).toEqual(outcomes[0]?.announced);
      }),
      { numRuns: 200 },
    );
    expect(moved).toBeGreaterThan(5);
  });
});
