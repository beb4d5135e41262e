import { describe, expect, it } from 'vitest';
import { ModelList, Published } from '../../../shared/api/admin.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { document } from '../../support/given.ts';
import { now, office } from '../../support/office.ts';

describe('publishing a model', () => {
  it('gives it the next number and puts it in force', async () => {
    const { send, call } = office();
    expect(Published.parse((await send('POST', '/v1/models', document)).body)).toMatchObject({ version: 1 });
    const answer = await send('POST', '/v1/models', { ...document, title: 'Another' });
    expect(answer).toMatchObject({ status: 201, body: { version: 2, publishedAt: '2026-03-02T12:00:00.000Z' } });
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({
      version: 2,
      model: { title: 'Another' },
    });
    const first = await call({ path: '/v1/models/{version}', params: { version: '1' } });
    expect(first.body).toMatchObject({ version: 1, model: { title: 'A club' } });
    expect(ModelList.parse((await call({ path: '/v1/models' })).body).models.map(({ current }) => current)).toEqual([
      false,
      true,
    ]);
  });

  it('leaves everything as it is where this very model is in force', async () => {
    const { send } = office();
    await send('POST', '/v1/models', document);
    const { title, ...rest } = document;
    const answer = await send('POST', '/v1/models', { ...rest, title });
    expect(answer).toMatchObject({ status: 200, body: { version: 1, changed: false } });
  });

  it('refuses one that is not valid, and names every fault by its place', async () => {
    const { send, call } = office();
    const [rule] = document.rules;
    const bad = {
      ...document,
      scores: [],
      rules: [
        { ...rule, points: 'many' },
        { ...rule, on: 'Visit' },
      ],
    };
    const { status, body } = await send('POST', '/v1/models', bad);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ pointer: '/scores' }, { pointer: '/rules/0/points' }, { pointer: '/rules/1/on' }],
    });
    expect((await call({ path: '/v1/models/current' })).status).toBe(404);
  });

  it('refuses a template that could not be sent', async () => {
    const { send } = office();
    const template = { subject: 'Hello {{nobody}}', body: '<mj-text>{{{firstName}}}</mj-text>' };
    const messages = document.messages.map((message) => ({ ...message, templates: { en: template } }));
    const { status, body } = await send('POST', '/v1/models', { ...document, messages });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ pointer: '/messages/0/templates/en/subject' }, { pointer: '/messages/0/templates/en/body' }],
    });
  });

  it.each([
    ['no JSON', '{', 400],
    ['nothing', '', 422],
    ['a list', '[]', 422],
    ['nested without end', '['.repeat(1000), 400],
    ['600 KB', ' '.repeat(600_000), 413],
  ])('refuses %s', async (_, body, status) => {
    expect((await office().send('POST', '/v1/models', body)).status).toBe(status);
  });

  it.each(['0', '-1', '01', 'x', '999999999', '7'])('knows no version %s', async (version) => {
    expect((await office().call({ path: '/v1/models/{version}', params: { version } })).status).toBe(404);
  });
});

describe('publishing with notes', () => {
  const notes = { author: 'Ingrid', hypothesis: 'More people come back in spring', review: '2027-03-01' };

  it('keeps them with the version', async () => {
    const { send, call } = office();
    expect((await send('POST', '/v1/models', { model: document, ...notes })).status).toBe(201);
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({ ...notes, model: { title: 'A club' } });
    expect(ModelList.parse((await call({ path: '/v1/models' })).body).models).toMatchObject([notes]);
  });

  it('names the faults of notes and model by their place in what was sent', async () => {
    const { send } = office();
    const late = await send('POST', '/v1/models', { model: document, review: 'in spring' });
    expect(late).toMatchObject({ status: 422, body: { errors: [{ pointer: '/review' }] } });
    const empty = await send('POST', '/v1/models', { model: { ...document, timeZone: 'Oslo' }, ...notes });
    expect(empty).toMatchObject({ status: 422, body: { errors: [{ pointer: '/model/timeZone' }] } });
    expect((await send('POST', '/v1/models', { model: document, mood: 'good' })).status).toBe(422);
  });
});

describe('publishing and silent members', () => {
  const other = { ...document, title: 'Another' };

  it('brings them along from then on, at a pace that may be said', async () => {
    const { send, rescores } = office();
    await send('POST', '/v1/models', document);
    expect(await rescores.rescore(1)).toMatchObject({ state: 'running', pace: 3000, total: 99, startedAt: now });
    await send('POST', '/v1/models', { model: other, rescore: { pace: 60 } });
    expect(await rescores.rescore(2)).toMatchObject({ state: 'running', pace: 60 });
    await send('POST', '/v1/models/{version}/rollback', { rescore: {} }, { version: '1' });
    expect(await rescores.rescore(3)).toMatchObject({ state: 'running', pace: 3000 });
  });

  it('leaves them as they are where that is wished, or nothing changes', async () => {
    const { send, rescores, call } = office();
    await send('POST', '/v1/models', { model: document, rescore: false });
    await send('POST', '/v1/models', document);
    expect(await rescores.rescores()).toEqual([]);
    expect((await call({ path: '/v1/models/current' })).body).not.toHaveProperty('rescore');
    expect((await send('POST', '/v1/models', { model: other, rescore: { pace: 0 } })).status).toBe(422);
    expect(await send('POST', '/v1/models', { model: other, rescore: true })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/rescore', message: 'must be false, or { pace } with how many members a minute' }] },
    });
  });
});

describe('rolling back', () => {
  const path = '/v1/models/{version}/rollback';
  const other = { ...document, title: 'Another' };

  it('publishes the model of the earlier version as a new one, and says so', async () => {
    const { send, call } = office();
    await send('POST', '/v1/models', document);
    await send('POST', '/v1/models', other);
    const answer = await send('POST', path, { hypothesis: 'It was better before' }, { version: '1' });
    expect({ ...answer, body: Published.parse(answer.body) }).toMatchObject({ status: 201, body: { version: 3 } });
    expect((await call({ path: '/v1/models/current' })).body).toMatchObject({
      version: 3,
      rollbackOf: 1,
      hypothesis: 'It was better before',
      model: { title: 'A club' },
    });
  });

  it('changes nothing where that model is in force, and needs no notes', async () => {
    const { send } = office();
    await send('POST', '/v1/models', document);
    expect(await send('POST', path, '', { version: '1' })).toMatchObject({
      status: 200,
      body: { version: 1, changed: false },
    });
  });

  it('needs a version that there is', async () => {
    const { send } = office();
    const detail = async () => Problem.parse((await send('POST', path, {}, { version: '3' })).body).detail;
    expect(await detail()).toBe('No model has been published yet');
    await send('POST', '/v1/models', document);
    await send('POST', '/v1/models', { ...document, title: 'Another' });
    expect(await detail()).toBe('There is no such version of the model: they go from 1 to 2');
    expect((await send('POST', path, {}, { version: 'first' })).status).toBe(404);
  });
});
