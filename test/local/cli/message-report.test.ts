import { describe, expect, it } from 'vitest';
import { Report } from '../../../shared/api/reports.ts';
import { key } from '../../../shared/census/counts.ts';
import { questionOf } from '../../../shared/mailing/measuring/enrolment.ts';
import { reportResult } from '../../../shared/mailing/measuring/report.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { letters } from '../../support/postman.ts';
import { NOW, problem, terminal } from './terminal.ts';

const experiment = { holdOut: 20, success: { outcome: 'renewed' } };
const model = Model.parse({
  ...letters.model,
  messages: letters.model.messages.map((one) => ({ ...one, experiment })),
});
const counts = {
  members: 400,
  [key('people', 'held-out')]: 80,
  [key('people', 'letter')]: 320,
  [key('day', '2025-09-01')]: 400,
  [key('mail', 'letter', 'sent')]: 320,
  [key('mail', 'held-out', 'withheld')]: 80,
  [key('due', '90 days', 'held-out')]: 78,
  [key('due', '90 days', 'letter')]: 310,
  [key('hit', '90 days', 'held-out', 'success', '')]: 20,
  [key('hit', '90 days', 'letter', 'success', '')]: 150,
  [key('hit', '90 days', 'letter', 'outcome', 'left')]: 12,
};
const result = reportResult(counts, {
  model,
  question: questionOf(model, 'hello'),
  at: Date.parse(NOW),
  language: 'en',
});
const id = 'a'.repeat(32);
const running: Report = {
  ...{ id, message: 'hello', state: 'running', stalled: false, at: NOW, current: 3, expiresAt: NOW },
  progress: { members: 0, partsDone: 0, parts: 32 },
};
const done = Report.parse({ ...running, state: 'done', result });

describe('message report', () => {
  it('follows it until it is done, and says whether it helps', async () => {
    const looks = [running, done];
    const { type, asked } = terminal({
      'POST /v1/reports': [202, running],
      [`GET /v1/reports/${id}`]: () => [200, looks.shift()],
    });
    const { code, out } = await type('message', 'report', 'hello');
    expect(code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ message: 'hello', fresh: false });
    expect(out).toContain('Message hello, as of 2 Mar 2026, 14:00, by version 3 of the model.');
    expect(out).toContain('the letter: helped');
    expect(out).toMatch(/held out +78 +20 +25\.6 %/);
    expect(out).toMatch(/the letter +310 +150 +48\.4 % +\+22\.8 \(\+10\.9 to \+33\.1\)/);
    expect(out).toContain('12 people whose time is not up yet');
    expect(out).toContain('to look at, not to decide by');
  });

  it('gives it to a program as it is, in the language asked for', async () => {
    const { type, asked } = terminal({ 'POST /v1/reports?language=fi': [200, done] });
    const { out } = await type('--json', 'message', 'report', 'hello', '--lang', 'fi');
    expect(asked.map(({ request }) => request)).toEqual(['POST /v1/reports?language=fi']);
    expect(Report.parse(JSON.parse(out))).toEqual(done);
  });

  it('asks about everything, or about one message, and cancels', async () => {
    const { type, asked } = terminal({
      'POST /v1/reports': [200, running],
      [`DELETE /v1/reports/${id}`]: [200, { id }],
    });
    expect((await type('message', 'report')).err).toContain('--everything');
    expect((await type('message', 'report', 'hello', '--everything')).err).toContain('--everything');
    expect(asked).toEqual([]);
    expect((await type('message', 'report', '--everything', '--cancel')).out).toBe('Cancelled, and forgotten.\n');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ fresh: false });
  });

  it('says what Polku says no with', async () => {
    const { type } = terminal({ 'POST /v1/reports': problem(404, 'The model in force has no such message') });
    expect((await type('message', 'report', 'helo')).err).toBe('The model in force has no such message.\n');
  });
});
