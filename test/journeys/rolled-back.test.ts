import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Published, PublishedModel } from '../../shared/api/admin.ts';
import { dataFolder, type RunningCloud, startLocalCloud } from '../support/local-cloud.ts';

const SECOND = 1000;
/** Where somebody stands, but for whether a model has moved them there. */
const Page = z.looseObject({
  journeys: z.array(z.looseObject({}).transform(({ byModel: _, ...stage }) => stage)),
});
const Journeys = z.array(z.looseObject({ id: z.string(), stages: z.array(z.looseObject({ id: z.string() })) }));

describe('a model that turns out to be a mistake', () => {
  const folder = dataFolder();
  let cloud: RunningCloud;

  /** Where Kim stands, as Kim's page and the list of new members say. */
  const standing = async () => {
    await cloud.idle();
    const { journeys } = Page.parse(await (await cloud.ask('/v1/members/kim')).json());
    const listed = await (await cloud.ask('/v1/members?journey=member&stage=new')).text();
    return { journeys, isListedAsNew: listed.includes('"kim"') };
  };
  const happens = async (type: string, data = {}) => {
    const time = await cloud.ago(SECOND);
    await cloud.send([{ id: `${type} ${time}`, type, member: { id: 'kim' }, time, data }]);
  };
  /** Every worker sees it after a minute, though nobody brings Kim along; then Kim comes by. */
  const takesEffect = async () => {
    expect((await cloud.ask('/v1/rescores/current', 'PATCH', { state: 'paused' })).status).toBe(200);
    await cloud.travel({ by: '1m' });
    await happens('site.visited');
  };

  beforeAll(async () => {
    cloud = await startLocalCloud(folder.path);
    await happens('member.joined', { attributes: { firstName: 'Kim', language: 'en' } });
  });
  afterAll(async () => {
    await cloud.stop('SIGINT');
    folder.remove();
  });

  it('is taken back, and whoever it moved stands where they stood', async () => {
    const before = await standing();
    expect(before.isListedAsNew).toBe(true);
    const { model } = PublishedModel.parse(await (await cloud.ask('/v1/models/current')).json());
    const journeys = Journeys.parse(model.journeys).map((journey) => ({
      ...journey,
      stages: journey.stages.map((stage) =>
        stage.id === 'at-risk' ? { ...stage, enter: { since: 'joining', gte: '0 days' } } : stage,
      ),
    }));
    const mistake = { model: { ...model, journeys }, hypothesis: 'Whoever joins is about to leave' };
    const published = await cloud.ask('/v1/models', 'POST', mistake);
    expect(Published.parse(await published.json())).toMatchObject({ version: 2, changed: true });
    await takesEffect();
    const meanwhile = await standing();
    expect(meanwhile.isListedAsNew).toBe(false);
    expect(JSON.stringify(meanwhile.journeys)).toContain('at-risk');

    const back = await cloud.ask('/v1/models/1/rollback', 'POST');
    expect(Published.parse(await back.json())).toMatchObject({ version: 3, changed: true });
    await takesEffect();
    expect(await standing()).toEqual(before);
    expect(await (await cloud.ask('/v1/models/current')).json()).toMatchObject({ rollbackOf: 1, model });
  });
});
