import { describe, expect, it } from 'vitest';
import { rescoreRoutes } from '../../../functions/admin/rescores.ts';
import { RescoreList, ShownRescore } from '../../../shared/api/rescores.ts';
import { client } from '../../support/http.ts';
import { memoryRescores } from '../../support/memory-rescores.ts';

const START = Date.parse('2026-03-02T12:00:00Z');

const office = (current: number | undefined = 7) => {
  const rescores = memoryRescores();
  const world: { current: number | undefined; behind: number } = { current, behind: 412 };
  const call = client(
    rescoreRoutes({
      ...rescores,
      currentVersion: async () => world.current,
      countBehind: async () => world.behind,
      now: () => START,
    }),
  );
  const headers = { 'content-type': 'application/json' };
  const send = (method: string, path: string, body?: unknown, version = 'current') =>
    call({ method, path, headers, params: { version }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const one = '/v1/rescores/{version}';
  return {
    ...{ rescores, world },
    start: (body?: unknown) => send('POST', '/v1/rescores', body),
    list: async () => RescoreList.parse((await send('GET', '/v1/rescores')).body),
    show: (version?: string) => send('GET', one, undefined, version),
    change: (body: unknown, version?: string) => send('PATCH', one, body, version),
    cancel: (version?: string) => send('DELETE', one, undefined, version),
  };
};

describe('a rescore', () => {
  it('is started for the model in force, and tells how many members are left', async () => {
    const { start, show, world } = office();
    const started = await start();
    expect(started.status).toBe(201);
    expect(ShownRescore.parse(started.body)).toEqual({
      ...{ version: 7, state: 'running', pace: 3000, total: 412, behind: 412 },
      ...{ startedAt: '2026-03-02T12:00:00.000Z', changedAt: '2026-03-02T12:00:00.000Z' },
    });
    world.behind = 12;
    expect((await show()).body).toMatchObject({ total: 412, behind: 12 });
    expect((await show('7')).body).toMatchObject({ total: 412, behind: 12 });
    expect((await start()).status).toBe(409);
  });

  it('is paused, resumed and given another pace', async () => {
    const { start, change } = office();
    await start({ pace: 60 });
    expect((await change({ state: 'paused' })).body).toMatchObject({ state: 'paused', pace: 60 });
    expect((await change({ state: 'running', pace: 120 }, '7')).body).toMatchObject({ state: 'running', pace: 120 });
  });

  it('is cancelled for good, and can be started anew', async () => {
    const { start, change, cancel, show } = office();
    await start();
    expect((await cancel()).body).toMatchObject({ state: 'cancelled' });
    expect((await change({ state: 'running' })).status).toBe(409);
    expect((await cancel()).status).toBe(409);
    expect((await start()).status).toBe(201);
    expect((await show()).body).toMatchObject({ state: 'running' });
  });

  it('that was cancelled tells how many it had brought along, and who has followed since', async () => {
    const { start, cancel, show, world } = office();
    await start();
    world.behind = 300;
    expect((await cancel()).body).toMatchObject({ state: 'cancelled', total: 412, behind: 300 });
    world.behind = 290;
    expect((await show()).body).toMatchObject({ state: 'cancelled', behind: 290 });
    world.current = 8;
    expect((await show('7')).body).toMatchObject({ state: 'cancelled', behind: 412 });
  });

  it('has ended when another version is in force', async () => {
    const { start, change, list, world } = office();
    await start();
    world.current = 8;
    expect((await change({ state: 'paused' }, '7')).status).toBe(409);
    await start();
    expect(await list()).toMatchObject({
      members: 412,
      rescores: [
        { version: 8, state: 'running' },
        { version: 7, state: 'superseded' },
      ],
    });
  });

  it('needs a model', async () => {
    const { start, show } = office();
    expect((await show()).status).toBe(404);
    const before = office(0);
    before.world.current = undefined;
    expect((await before.start()).status).toBe(404);
    expect((await before.show()).status).toBe(404);
    await start();
  });

  it.each([{ pace: 0 }, { pace: 12_001 }, { pace: 1.5 }, { speed: 3 }, 'fast'])(
    'is not started by %j',
    async (body) => {
      expect((await office().start(body)).status).toBe(422);
    },
  );

  it.each([{}, { state: 'done' }, { state: 'cancelled' }, { pace: -1 }])('is not changed by %j', async (body) => {
    const { start, change } = office();
    await start();
    expect((await change(body)).status).toBe(422);
  });

  it.each(['0', '-1', 'newest', '123456789'])('has no version %s', async (version) => {
    expect((await office().show(version)).status).toBe(404);
  });
});
