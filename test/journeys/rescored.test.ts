import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Activity } from '../../events/envelope.ts';
import { Published, PublishedModel } from '../../shared/api/admin.ts';
import { MemberList } from '../../shared/api/members.ts';
import { ShownRescore } from '../../shared/api/rescores.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';
import { storedStandings } from '../support/stored-standings.ts';

const Journeys = z.array(z.looseObject({ id: z.string(), stages: z.array(z.looseObject({ id: z.string() })) }));
const names = Array.from({ length: 12 }, (_, i) => `m-${String(i).padStart(2, '0')}`);

describe('members who say nothing', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;
  let mistake: unknown;
  let before: Awaited<ReturnType<typeof storedStandings>>;

  const restarted = async (signal: 'SIGINT' | 'SIGKILL') => {
    await cloud.stop(signal);
    const standings = signal === 'SIGINT' ? await storedStandings(folder.path) : new Map();
    cloud = await startLocalCloud(folder.path);
    return standings;
  };
  const publish = async (body: object) =>
    Published.parse(await (await cloud.ask('/v1/models', 'POST', body)).json()).version;
  const rollBack = async () => (await cloud.ask('/v1/models/1/rollback', 'POST')).status;
  const rescore = async () => ShownRescore.parse(await (await cloud.ask('/v1/rescores/current')).json());
  const steer = async (state: 'running' | 'paused') => cloud.ask('/v1/rescores/current', 'PATCH', { state });
  const sweep = () => cloud.travel({ by: '6m' });
  const listedIn = async (stage: string) =>
    MemberList.parse(await (await cloud.ask(`/v1/members?journey=member&stage=${stage}`)).json()).members.length;
  const mails = async () => (await cloud.mails()).filter(({ subject }) => !/digest/i.test(subject)).length;

  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    const day = 86_400_000;
    for (const [i, name] of names.entries()) {
      const member = { id: name, email: `${name}@example.org` };
      const event = async (id: string, type: string, days: number, data: z.input<typeof Activity>['data'] = {}) => ({
        id: `${id}-${i}`,
        type,
        member,
        time: await cloud.ago((days + i / 7) * day),
        data,
      });
      await cloud.send([
        await event('joined', 'member.joined', 30, { attributes: { firstName: name, language: 'en' } }),
        await event('consent', 'consent.given', 30, { purpose: 'membership' }),
        await event('benefit', 'benefit.used', 9, { benefit: 'legal-advice' }),
        await event('visit', 'site.visited', 3),
      ]);
    }
    await cloud.idle();
    await cloud.travel({ by: '1d' });
    before = await restarted('SIGINT');
    const { model } = PublishedModel.parse(await (await cloud.ask('/v1/models/current')).json());
    const journeys = Journeys.parse(model.journeys).map((journey) => ({
      ...journey,
      stages: journey.stages.map((stage) =>
        stage.id === 'at-risk' ? { ...stage, enter: { since: 'joining', gte: '0 days' } } : stage,
      ),
    }));
    mistake = { ...model, journeys };
  }, 180_000);
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  it('are brought to a new model all the same, through a crash, and hear nothing of it', async () => {
    const heard = await mails();
    expect(before.size).toBe(names.length);
    await publish({ model: mistake });
    expect(await rescore()).toMatchObject({ version: 2, state: 'running', total: 12, behind: 12 });
    await restarted('SIGKILL');
    await sweep();
    expect(await rescore()).toMatchObject({ behind: 0 });
    expect(await listedIn('at-risk')).toBe(12);
    await sweep();
    expect(await rescore()).toMatchObject({ state: 'done', total: 12, behind: 0 });
    expect(await mails()).toBe(heard);
  }, 120_000);

  it('stand, byte for byte, where they stood when it is taken back', async () => {
    expect(await rollBack()).toBe(201);
    await cloud.travel({ by: '2d' });
    await sweep();
    expect(await rescore()).toMatchObject({ version: 3, state: 'done', behind: 0 });
    const after = await restarted('SIGINT');
    expect([...after.values()].map(({ model }) => model)).toEqual(names.map(() => 3));
    for (const name of names) expect(after.get(name)?.bytes).toBe(before.get(name)?.bytes);
  }, 120_000);

  it('wait while it is paused, and hear of what the model changes where that is wished, once', async () => {
    await cloud.morning();
    const heard = await mails();
    await publish({ model: mistake, announce: true });
    expect((await steer('paused')).status).toBe(200);
    await sweep();
    expect(await rescore()).toMatchObject({ version: 4, state: 'paused', behind: 12 });
    const time = await cloud.ago(1000);
    await cloud.send([{ id: 'comes-by', type: 'site.visited', member: { id: 'm-00' }, time, data: {} }]);
    await cloud.idle();
    expect(await rescore()).toMatchObject({ behind: 11 });
    expect((await steer('running')).status).toBe(200);
    await sweep();
    await sweep();
    expect(await rescore()).toMatchObject({ state: 'done', behind: 0 });
    const told = (await cloud.mails()).slice(0, (await mails()) - heard);
    for (const name of names) {
      expect(told.filter(({ to }) => to.includes(`${name}@example.org`))).toHaveLength(1);
    }
  }, 120_000);
});
