import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { previewResult } from '../../../shared/preview/result.ts';
import { current, draft, span, tallyOf } from '../../preview/members.ts';
import { document } from '../../support/given.ts';
import { NOW, problem, terminal } from './terminal.ts';

const shown = (more: object = {}) => ({
  ...{ version: 7, state: 'running', pace: 3000, total: 412, behind: 412, startedAt: NOW, changedAt: NOW },
  ...more,
});

describe('model rescore', () => {
  it('brings silent members along, at a pace that may be said', async () => {
    const { type, asked } = terminal({ 'POST /v1/rescores': [201, shown({ pace: 60 })] });
    expect((await type('model', 'rescore', '--pace', '60')).out).toBe(
      'Version 7: 0 of 412 members have followed, 412 are left, at 60 a minute.\n',
    );
    expect(asked[0]?.body).toBe('{"pace":60}');
  });

  it('tells how far it is, to people and to programs', async () => {
    const { type } = terminal({ 'GET /v1/rescores/current': [200, shown({ behind: 1, state: 'stalled' })] });
    expect((await type('model', 'rescore', 'status')).out).toBe(
      'Version 7: 411 of 412 members have followed, 1 is left. The others do not follow: look for what failed, then run `model rescore` again.\n',
    );
    expect(JSON.parse((await type('--json', 'model', 'rescore', 'status')).out)).toMatchObject({ behind: 1 });
  });

  it('has brought nobody along where more are left than there were, and not fewer than nobody', async () => {
    const { type } = terminal({ 'GET /v1/rescores/current': [200, shown({ behind: 420 })] });
    expect((await type('model', 'rescore', 'status')).out).toContain('0 of 412 members have followed, 420 are left');
  });

  it('is paused, resumed at another pace, and cancelled', async () => {
    const { type, asked } = terminal({
      'PATCH /v1/rescores/current': ({ body }) => [200, shown(JSON.parse(body))],
      'DELETE /v1/rescores/current': [200, shown({ state: 'cancelled' })],
    });
    expect((await type('model', 'rescore', 'pause')).out).toContain('It is paused.');
    expect((await type('model', 'rescore', 'resume', '--pace', '9')).out).toContain('at 9 a minute');
    expect((await type('model', 'rescore', 'cancel')).out).toContain('It was cancelled');
    expect(asked.map(({ body }) => body)).toEqual(['{"state":"paused"}', '{"state":"running","pace":9}', '']);
  });

  it('is followed until nobody is left', async () => {
    const left = [206, 0];
    const { type } = terminal({
      'GET /v1/rescores/current': [200, shown()],
      'GET /v1/rescores/7': () => [200, shown({ behind: left.shift() })],
    });
    const { out, err } = await type('model', 'rescore', 'status', '--watch');
    expect(err).toBe('Version 7 0/412\nVersion 7 206/412\nVersion 7 412/412\n');
    expect(out).toBe('Version 7: 412 of 412 members have followed, nobody is left.\n');
  });

  it('says what is wrong with what was typed, or with what was asked', async () => {
    const { type } = terminal({ 'POST /v1/rescores': problem(409, 'It is under way already') });
    expect((await type('model', 'rescore')).err).toBe('It is under way already.\n');
    expect((await type('model', 'rescore', 'stop')).err).toContain('status, pause, resume or cancel');
    expect((await type('model', 'rescore', '--pace', 'fast')).err).toContain('a whole number from 1 to 12000');
    expect((await type('model', 'rescore', 'status', '--pace', '3')).err).toContain('A pace goes with');
  });
});

describe('model publish and silent members', () => {
  const file = 'model.yaml';
  const files = { [file]: stringify(document) };
  const published = { 'POST /v1/models': [201, { version: 7, publishedAt: NOW, changed: true }] } as const;

  it('leaves them as they are with --no-rescore, and sets their pace with --pace', async () => {
    const { type, asked } = terminal(published, { files });
    expect((await type('model', 'publish', file, '--no-rescore')).out).toContain('follow when something happens');
    await type('model', 'publish', file, '--pace', '60');
    expect(asked.map(({ body }) => JSON.parse(body))).toEqual([
      { model: document, rescore: false },
      { model: document, rescore: { pace: 60 } },
    ]);
  });
});

describe('model publish --announce', () => {
  const file = 'model.yaml';
  const files = { [file]: stringify(document) };
  const joined = (member: string, time: number) => ({
    ...{ source: 'crm', id: member, member, type: 'member.joined', time, data: {}, email: `${member}@example.org` },
  });
  const consented = (member: string) => ({
    ...{ source: 'crm', id: `${member}-yes`, member, type: 'consent.given', time: span.from },
    data: { purpose: 'membership' },
  });
  const advice = { ...joined('m-1', span.at), id: 'advice', type: 'benefit.used', data: { benefit: 'legal-advice' } };
  const tally = tallyOf([
    ['m-1', [joined('m-1', span.from), consented('m-1'), advice]],
    ['m-2', [joined('m-2', span.at - 40 * 86_400_000)]],
  ]);
  const result = previewResult(tally, { before: current.model, after: draft.model, months: 6 });
  const preview = {
    ...{ id: 'a'.repeat(32), state: 'done', stalled: false, at: NOW, from: NOW, lastMonths: 6, current: 3 },
    ...{ expiresAt: NOW, progress: { members: 2, partsDone: 32, parts: 32 }, result },
  };
  const answers = {
    'POST /v1/previews': [200, preview],
    'GET /v1/models/1': [200, { version: 1, publishedAt: NOW, model: document }],
    'POST /v1/models': [201, { version: 7, publishedAt: NOW, changed: true }],
    'POST /v1/models/1/rollback': [201, { version: 7, publishedAt: NOW, changed: true }],
  } as const;
  const gist = '1 member would be written to, and owners would get 1 notice.';

  it('shows who would move and be told before it asks', async () => {
    const { type, asked } = terminal(answers, { files, agrees: true });
    const { code, out, err } = await type('model', 'publish', file, '--announce');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`${gist} Publish and announce?`) });
    expect(out).toContain('the model moves 2 of 2 people to another stage.');
    expect(out).toMatch(/quiet +1 +1/);
    expect(out).toMatch(/message hello +1\n/);
    expect(out).toMatch(/notice on member: at-risk +1\n/);
    expect(asked.map(({ request }) => request)).toEqual(['POST /v1/previews', 'POST /v1/models']);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ model: document, lastMonths: 6 });
    expect(JSON.parse(asked[1]?.body ?? '')).toEqual({ model: document, announce: true });
  });

  it.each([
    ['model', 'publish', file, '--announce'],
    ['model', 'rollback', '1', '--announce'],
  ])('publishes nothing without a yes: %s %s', async (...args) => {
    const { type, asked } = terminal(answers, { files });
    const { code, err } = await type(...args);
    expect(code).toBe(1);
    expect(err).toContain(gist);
    expect(err).toContain('Nothing was published. To announce without being asked, add --yes.');
    expect(asked.filter(({ request }) => request !== 'GET /v1/models/1').map(({ request }) => request)).toEqual([
      'POST /v1/previews',
    ]);
  });

  it('does not ask with --yes, nor with --dry-run, which only shows', async () => {
    const { type, asked } = terminal(answers, { files });
    expect((await type('model', 'rollback', '1', '--announce', '--yes')).code).toBe(0);
    expect(asked.map(({ request, body }) => [request, body])).toEqual([
      ['POST /v1/models/1/rollback', '{"announce":true}'],
    ]);
    const { out } = await type('model', 'publish', file, '--announce', '--dry-run');
    expect(out).toContain(`Nothing was published. ${gist}`);
    const shown = await type('--json', 'model', 'publish', file, '--announce', '--dry-run');
    expect(JSON.parse(shown.out)).toMatchObject({ valid: true, announcement: result.announcement });
    expect(asked.map(({ request }) => request).slice(1)).toEqual(['POST /v1/previews', 'POST /v1/previews']);
  });

  it('is noted with the version', async () => {
    const models = [{ version: 2, publishedAt: NOW, current: true, announce: true }];
    const { type } = terminal({ 'GET /v1/models': [200, { models }] });
    expect((await type('model', 'list')).out).toContain('announced');
  });
});
