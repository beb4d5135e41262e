import { describe, expect, it } from 'vitest';
import { document } from '../../support/given.ts';
import { NOW, terminal } from './terminal.ts';

const kim = `
consents: [membership]
events:
  - { type: member.joined, at: day 0 }
  - { type: event.attended, every: 30 days, from: day 2, until: day 40, data: { event: meeting } }
`;
const files = { 'kim.yaml': kim, 'draft.json': JSON.stringify(document) };

describe('simulate', () => {
  it('walks somebody through a draft from today on, with Polku at rest', async () => {
    const { type, asked } = terminal({}, { files, running: false });
    const { code, out } = await type('simulate', 'kim.yaml', '--model', 'draft.json', '--days', '100');
    expect(code).toBe(0);
    expect(asked).toEqual([]);
    expect(out).toMatch(/2 Mar 2026, 14:00 +member\.joined/);
    expect(out).toMatch(/2 Mar 2026, 14:00 +message hello +Hello\n {4}│ Hello/);
    expect(out).toMatch(/3 Apr 2026, 15:00 +event\.attended +attended \+20\n.*score engagement +\d+\.\d → 30\.0/);
    expect(out).toMatch(/journey member +quiet → active/);
  });

  it('takes the model in force where no draft is named, and answers a program', async () => {
    const current = { version: 1, publishedAt: NOW, model: document };
    const { type } = terminal({ 'GET /v1/models/current': [200, current] }, { files });
    const { out } = await type('--json', 'simulate', 'kim.yaml', '--days', '10');
    const { start, entries } = JSON.parse(out);
    expect(start).toBe('2026-03-02');
    expect(entries).toContainEqual({
      at: '2026-03-02T12:00:00.000Z',
      kind: 'stage',
      journey: 'member',
      from: null,
      to: 'quiet',
    });
  });

  it('names what is wrong in a file by its place', async () => {
    const bad = kim.replace('day 0', 'soon').replace('30 days', 'often');
    const { type } = terminal({}, { files: { ...files, 'bad.yaml': bad } });
    const { code, err } = await type('simulate', 'bad.yaml', '--model', 'draft.json');
    expect(code).toBe(1);
    expect(err).toContain('bad.yaml:4:5  /events/0');
    expect(err).toContain('Not simulated: 2 faults in bad.yaml.');
    expect((await type('simulate', 'kim.yaml', '--days', '0')).err).toContain('--days takes a whole number');
  });
});
