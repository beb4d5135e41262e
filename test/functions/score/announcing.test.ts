import { describe, expect, it } from 'vitest';
import { event, model } from '../../support/given.ts';
import { memoryMemberStore } from '../../support/memory-member-store.ts';
import { activity, carrying, scorer, tick } from '../../support/pipeline.ts';

const joined = activity(event('member.joined', 0));
const attended = (days: number) => activity(event('event.attended', days));

/** What was sent, each effect once however often it was sent again. */
const told = ({ effects }: ReturnType<typeof scorer>) =>
  [...new Map(effects.map((effect) => [effect.id, effect])).values()].map(
    ({ kind, journey, stage }) => `${kind} ${journey} ${stage}`,
  );

describe('a change of stage', () => {
  it('is told as it happens, with the message and the alert of the stage', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    expect(polku.news()).toEqual(['move member quiet', 'message member quiet']);
    await polku.on(10, attended(9), attended(10));
    expect(polku.news()).toContain('move member active');
  });

  it('by several steps at one instant is told as one: of the stage in which they end', async () => {
    const stage = (id: string, gte: number) => ({
      id,
      title: id,
      enter: { score: 'engagement', gte },
      message: 'hello',
    });
    const appliesTo = { attribute: 'status', eq: 'member' };
    const stages = [{ id: 'new', title: 'New' }, stage('warm', 10), stage('keen', 20)];
    const journeys = [{ id: 'member', title: 'Member', appliesTo, ordered: true, stages }];
    const polku = scorer({ published: { version: 1, compiled: model({ journeys }) } });
    await polku.on(0, joined);
    await polku.on(1, attended(1));
    expect(told(polku)).toEqual(['move member new', 'move member keen', 'message member keen']);
  });

  it('back into a stage whose message is for those who come forward is told without it', async () => {
    const stage = (id: string, gte: number) => ({ id, title: id, enter: { score: 'engagement', gte } });
    const appliesTo = { attribute: 'status', eq: 'member' };
    const welcome = { id: 'new', title: 'New', message: 'hello', onlyForward: true };
    const warm = { ...stage('warm', 10), message: 'hello', onlyForward: true };
    const stages = [welcome, warm, stage('keen', 30)];
    const journeys = [{ id: 'member', title: 'Member', appliesTo, stages }];
    const polku = scorer({ published: { version: 1, compiled: model({ journeys }) } });
    await polku.on(0, joined);
    await polku.on(1, attended(0.9), attended(1));
    await polku.on(2, activity(event('payment.failed', 2)));
    await polku.on(3, activity(event('payment.failed', 2.5)), activity(event('payment.failed', 3)));
    await polku.on(4, attended(4));
    expect(told(polku)).toEqual([
      'move member new',
      'message member new',
      'move member keen',
      'move member warm',
      'move member new',
      'move member warm',
      'message member warm',
    ]);
  });

  it('that silence brings is told at the tick', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    expect((await polku.store.read('maija'))?.dueAt).toBe(event('', 60).time);
    polku.news();
    await polku.on(60, tick());
    expect(polku.news()).toEqual(expect.arrayContaining(['move member at-risk', 'alert member at-risk']));
  });

  it('is told once, however often one looks', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    for (const days of [60, 60.1, 61, 62]) await polku.on(days, tick());
    const told = polku.effects.filter(({ kind }) => kind === 'alert').map(({ id }) => id);
    expect(new Set(told)).toEqual(new Set(['member#2#alert']));
  });

  it('long past is recorded without message or alert', async () => {
    const polku = scorer();
    await polku.on(200, joined);
    expect(polku.news()).toEqual(['move member at-risk']);
  });

  it('that a backfill brings is no news, though its last part be of these days', async () => {
    const polku = scorer();
    await polku.on(64, joined, attended(63.9));
    expect(polku.news()).toEqual(['move member quiet']);
  });

  it('due by time is not silenced by an old event that comes between the instant and its tick', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    polku.news();
    await polku.on(60.001, activity(event('payment.failed', 20)));
    expect(polku.news()).not.toContain('alert member at-risk');
    await polku.on(60.002, tick());
    expect(polku.news()).toContain('alert member at-risk');
  });

  it('due by time is not silenced by a duplicate either', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    polku.news();
    await polku.on(60.001, joined);
    await polku.on(60.002, tick());
    expect(polku.news()).toContain('alert member at-risk');
  });
});

describe('a new model', () => {
  const strict = model({
    rules: [{ id: 'attended', title: 'Attended', on: 'event.attended', score: 'engagement', points: 60 }],
  });

  it('moves members without a word', async () => {
    const polku = scorer();
    await polku.on(0, joined);
    await polku.on(1, attended(1));
    polku.news();
    polku.publish({ version: 2, compiled: strict });
    await polku.on(2, tick());
    expect(polku.news()).toEqual(['move member active']);
  });

  it('does not swallow the news that comes with the event it is first seen with', async () => {
    const polku = scorer();
    await polku.on(0, activity(event('lead.created', 0)));
    polku.news();
    polku.publish({ version: 2, compiled: strict });
    await polku.on(2, attended(2));
    expect(polku.news()).toEqual(expect.arrayContaining(['move lead ready', 'alert lead ready']));
  });

  it('is not folded back by a worker whose copy of the model is old', async () => {
    const polku = scorer();
    polku.publish({ version: 2, compiled: strict });
    await polku.on(0, joined);
    const asked: number[] = [];
    const late = scorer({
      store: polku.store,
      currentModel: async (atLeast) => {
        asked.push(atLeast);
        return atLeast > 1 ? { version: 2, compiled: strict } : { version: 1, compiled: model() };
      },
    });
    await late.on(1, attended(1));
    expect(asked).toContain(2);
    expect((await polku.store.read('maija'))?.madeBy.model).toBe(2);
  });

  it('is read anew where a tick tells of it, so that nobody is looked at in vain', async () => {
    const store = memoryMemberStore();
    const asked: number[] = [];
    const polku = scorer({
      store,
      currentModel: async (atLeast) => {
        asked.push(atLeast);
        return atLeast > 1 ? { version: 2, compiled: strict } : { version: 1, compiled: model() };
      },
    });
    await polku.on(0, joined);
    await polku.on(1, tick());
    expect((await store.read('maija'))?.madeBy.model).toBe(1);
    await polku.on(1, carrying({ kind: 'tick', member: 'maija', model: 2 }));
    expect((await store.read('maija'))?.madeBy.model).toBe(2);
    const { version } = (await store.read('maija')) ?? {};
    await polku.on(2, carrying({ kind: 'tick', member: 'maija', model: 2 }));
    expect((await store.read('maija'))?.version).toBe(version);
  });
});

describe('before any model is published', () => {
  it('events are kept, and count as soon as there is one', async () => {
    const { NO_MODEL } = await import('../../../shared/scoring/compile.ts');
    const polku = scorer({ published: { version: 0, compiled: NO_MODEL } });
    expect(await polku.on(0, joined, attended(0))).toEqual(new Set());
    polku.publish({ version: 1, compiled: model() });
    await polku.on(1, tick());
    expect((await polku.store.read('maija'))?.standing.scores.engagement?.fading['half-life 30 days']?.value).toBe(20);
  });
});
