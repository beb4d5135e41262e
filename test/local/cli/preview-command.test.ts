import { describe, expect, it } from 'vitest';
import { Preview } from '../../../shared/api/previews.ts';
import { previewResult } from '../../../shared/preview/result.ts';
import { current, draft, type Person, span, tallyOf } from '../../preview/members.ts';
import { document } from '../../support/given.ts';
import { NOW, problem, terminal } from './terminal.ts';

const files = { 'draft.json': JSON.stringify(document) };
const happened = (type: string, time: number, data = {}) => ({
  ...{ source: 'crm', id: `${type} ${time}`, member: 'm-1', type, time, data },
});
const persons: Person[] = [
  ['m-1', [happened('member.joined', span.from), happened('benefit.used', span.at, { benefit: 'legal-advice' })]],
  ['m-2\u001b[2J', [happened('member.joined', span.from), happened('event.attended', span.at - 20 * 86_400_000)]],
];
const result = previewResult(tallyOf(persons), { before: current.model, after: draft.model, months: 6 });
const id = 'a'.repeat(32);
const running: Preview = {
  ...{ id, state: 'running', stalled: false, at: NOW, from: '2025-09-02T12:00:00.000Z', lastMonths: 6, current: 3 },
  expiresAt: '2026-03-09T12:00:00.000Z',
  progress: { members: 0, partsDone: 0, parts: 32 },
};
const done: Preview = Preview.parse({ ...running, state: 'done', result });

describe('model preview', () => {
  it('follows it until it is done, and says what would change', async () => {
    const looks = [running, { ...running, progress: { ...running.progress, partsDone: 20 } }, done];
    const { type, asked } = terminal(
      { 'POST /v1/previews': [202, running], [`GET /v1/previews/${id}`]: () => [200, looks.shift()] },
      { files },
    );
    const { code, out, err } = await type('model', 'preview', 'draft.json');
    expect(code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ model: { title: 'A club' }, lastMonths: 6, fresh: false });
    expect(err).toContain('20/32');
    expect(out).toContain('beside version 3, as of 2 Mar 2026, 14:00; looking back to 2 Sept 2025');
    expect(out).toContain('1 of 2 people would stand in another stage.');
    expect(out).toMatch(/active +1 +0 +−1/);
    expect(out).toMatch(/legal-advice +1 +1 +40 +15/);
    expect(out).toContain('member: active → quiet');
    expect(out).toContain('had not agreed to it');
    expect(out).not.toContain('\u001b');
  });

  it('has one taken up again that died on the way', async () => {
    const answers = [running, done];
    const { type, asked } = terminal(
      {
        'POST /v1/previews': () => [200, answers.shift()],
        [`GET /v1/previews/${id}`]: [200, { ...running, stalled: true }],
      },
      { files },
    );
    expect((await type('--json', 'model', 'preview', 'draft.json')).code).toBe(0);
    expect(asked.map(({ request }) => request)).toEqual([
      'POST /v1/previews',
      `GET /v1/previews/${id}`,
      'POST /v1/previews',
    ]);
    expect(JSON.parse(asked[2]?.body ?? '')).not.toHaveProperty('fresh');
  });

  it('gives it to a program as it is, and looks back as far as it is told', async () => {
    const { type, asked } = terminal({ 'POST /v1/previews': [200, done] }, { files });
    const { out } = await type('--json', 'model', 'preview', 'draft.json', '--against', 'last-months=2', '--fresh');
    expect(Preview.parse(JSON.parse(out))).toEqual(done);
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ lastMonths: 2, fresh: true });
  });

  it('cancels', async () => {
    const { type } = terminal(
      { 'POST /v1/previews': [200, running], [`DELETE /v1/previews/${id}`]: [200, { id }] },
      { files },
    );
    expect(await type('model', 'preview', 'draft.json', '--cancel')).toMatchObject({
      code: 0,
      out: 'Cancelled, and forgotten.\n',
    });
  });

  it('says what is wrong before it asks, and what Polku says no with', async () => {
    const bad = { 'bad.json': JSON.stringify({ ...document, journeys: [] }) };
    const { type, asked } = terminal(
      { 'POST /v1/previews': problem(413, 'The model is too large') },
      { files: { ...files, ...bad } },
    );
    expect((await type('model', 'preview', 'bad.json')).err).toContain('Not previewed: one fault in bad.json.');
    expect((await type('model', 'preview', 'draft.json', '--against', 'yesterday')).err).toContain(
      '--against last-months=6',
    );
    expect(asked).toEqual([]);
    expect((await type('model', 'preview', 'draft.json')).err).toBe('The model is too large.\n');
  });
});
