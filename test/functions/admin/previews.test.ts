import { describe, expect, it } from 'vitest';
import { previewRoutes } from '../../../functions/admin/previews.ts';
import { Preview } from '../../../shared/api/previews.ts';
import type { PreviewHead } from '../../../shared/aws/preview-store.ts';
import { NO_TALLY } from '../../../shared/preview/tally.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { document } from '../../support/given.ts';
import { client } from '../../support/http.ts';
import { memoryPreviews } from '../../support/memory-previews.ts';

const MINUTE = 60_000;
const began = Date.parse('2026-08-31T12:00:00Z');
const draft = { ...document, title: 'A draft' };

/** The routes over previews in memory, under a clock that tests move. */
const office = ({ published = true } = {}) => {
  const clock = { now: began };
  const started: string[] = [];
  const previews = memoryPreviews(() => clock.now);
  const version = { version: 1, publishedAt: began, model: Model.parse(document) };
  const call = client(
    previewRoutes({
      previews,
      currentModel: async () => (published ? version : undefined),
      modelVersion: async () => version,
      startPreview: async (name) => void started.push(name),
      now: () => clock.now,
    }),
  );
  const body = (more: object) => JSON.stringify({ model: draft, ...more });
  const headers = { 'content-type': 'application/json' };
  const ask = (more: object = {}) => call({ method: 'POST', path: '/v1/previews', headers, body: body(more) });
  const by = (method: string, id: string) => call({ method, path: '/v1/previews/{id}', params: { id } });
  return {
    clock,
    started,
    previews,
    ask,
    show: (id: string) => by('GET', id),
    cancel: (id: string) => by('DELETE', id),
    begin: async (more: object = {}) => Preview.parse((await ask(more)).body),
    /** All parts are worked off. */
    finish: async (head: PreviewHead | undefined) => {
      if (!head) throw new Error('There is no such preview');
      for (let part = 0; part < head.parts; part++)
        await previews.keepPart(head, part, { revision: 1, heardAt: clock.now, done: true, tally: NO_TALLY });
    },
  };
};

describe('a preview that is asked for', () => {
  it('begins, and looks back so many months of the calendar', async () => {
    const { ask, started } = office();
    const answer = await ask({ lastMonths: 6 });
    expect(answer.status).toBe(202);
    expect(Preview.parse(answer.body)).toMatchObject({
      state: 'running',
      stalled: false,
      at: '2026-08-31T12:00:00.000Z',
      from: '2026-02-28T12:00:00.000Z',
      progress: { members: 0, partsDone: 0, parts: 32 },
    });
    expect(started).toHaveLength(1);
  });

  it('is the same when it is asked for again', async () => {
    const { begin, ask, started } = office();
    const { id } = await begin();
    const again = await ask();
    expect([again.status, Preview.parse(again.body).id]).toEqual([200, id]);
    expect(started).toHaveLength(1);
    expect((await begin({ lastMonths: 3 })).id).not.toBe(id);
  });

  it('is taken up again when nothing was heard of it for a while', async () => {
    const { begin, ask, show, clock, started } = office();
    const { id } = await begin();
    clock.now += 4 * MINUTE;
    expect((await show(id)).body).toMatchObject({ stalled: true });
    await ask();
    expect(started).toEqual([`${id}-${began}-1`, `${id}-${began}-2`]);
    expect((await show(id)).body).toMatchObject({ state: 'running', stalled: false });
  });

  it('is done when all its parts are, and is reckoned anew after an hour, or when it must be', async () => {
    const { begin, ask, show, clock, previews, finish } = office();
    const { id } = await begin();
    await finish(await previews.get(id));
    expect((await show(id)).body).toMatchObject({ state: 'done', result: { members: 0 } });
    expect((await ask()).status).toBe(200);
    expect((await ask({ fresh: true })).status).toBe(202);
    await finish(await previews.get(id));
    clock.now += 61 * MINUTE;
    expect((await ask()).status).toBe(202);
  });

  it('is gone when it is cancelled, and after a week', async () => {
    const { begin, cancel, show, clock } = office();
    const { id } = await begin();
    expect((await cancel(id)).status).toBe(200);
    expect((await show(id)).status).toBe(404);
    expect((await cancel(id)).status).toBe(404);
    await begin();
    clock.now += 7 * 24 * 60 * MINUTE;
    expect((await show(id)).status).toBe(404);
  });
});

describe('a preview of the first model', () => {
  it('is beside nothing: whoever is on a path comes to it from nowhere', async () => {
    const { begin, finish, previews, show } = office({ published: false });
    const { id, current } = await begin();
    expect(current).toBe(0);
    await finish(await previews.get(id));
    const { result } = Preview.parse((await show(id)).body);
    expect(result?.scores).toMatchObject([{ score: 'engagement', before: { members: 0 } }]);
    expect(result?.rules[0]).not.toHaveProperty('before');
  });
});

describe('no preview is made', () => {
  it('of a model that is not valid: every fault is named by its place', async () => {
    const { ask, started } = office();
    const answer = await ask({ model: { ...draft, journeys: [] } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/model/journeys' }] } });
    expect((await ask({ lastMonths: 25 })).status).toBe(422);
    expect(started).toEqual([]);
  });
});
