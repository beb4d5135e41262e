import { describe, expect, it } from 'vitest';
import { publishedModels } from '../../shared/aws/published-models.ts';
import { Model } from '../../shared/scoring/model.ts';
import { document } from '../support/given.ts';

const found = { version: 3, publishedAt: 1000, model: Model.parse(document) };
const models = (modelVersion: () => Promise<typeof found | undefined>, more: { announce?: boolean } = {}) =>
  publishedModels({ currentModel: async () => ({ ...found, ...more }), modelVersion });

describe('a published model', () => {
  it('says since when it holds, and whether what it changes by itself is told', async () => {
    const { current } = models(async () => found);
    expect(await current()).toMatchObject({ version: 3, publication: { at: 1000, announce: false } });
    const loud = models(async () => found, { announce: true });
    expect((await loud.atLeast(0)).publication).toEqual({ at: 1000, announce: true });
  });

  it('is compiled once, for all functions of a process', async () => {
    const [one, other] = [models(async () => found), models(async () => found)];
    expect((await one.atLeast(3)).compiled).toBe((await other.current())?.compiled);
  });

  it('that is an earlier one may be in a form that is not valid any more: then there is none', async () => {
    const { earlier } = models(async () => ({ ...found, model: Model.parse({}) }));
    expect(await earlier(1)).toBeUndefined();
    expect(await models(async () => undefined).earlier(1)).toBeUndefined();
    expect(await models(async () => found).earlier(3)).toMatchObject({ version: 3 });
  });

  it('that cannot be read just now is not taken for none', async () => {
    const { earlier } = models(() => Promise.reject(new Error('throttled')));
    await expect(earlier(1)).rejects.toThrow('throttled');
  });
});
