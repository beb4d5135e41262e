import { describe, expect, it } from 'vitest';
import { type Report, reportLines } from '../../../infra/local/demo/report.ts';

const report: Report = {
  journeys: [{ title: 'The way in', stages: [{ stage: 'cold', title: 'Cold', people: 2 }] }],
  atRisk: {
    all: 1,
    worst: [{ member: 'demo-1-0003', name: 'Kari Eksempelsen', score: 1.234, reasons: ['Silent for 95 days'] }],
  },
  mails: { digest: 6, alert: 2 },
  held: 3,
  commits: { fast: 95, slow: 5 },
  mailbox: 'http://127.0.0.1:4401',
};
const text = reportLines(report).join('\n');

describe('the report of the demo', () => {
  it('counts the people of each stage', () => expect(text).toMatch(/Cold +2/));
  it('counts the mails of each kind', () => expect(text).toMatch(/alert +2\n +digest +6/));
  it('names who is slipping away, and why', () =>
    expect(text).toContain('Kari Eksempelsen (demo-1-0003), 1.2 points\n    Silent for 95 days'));
  it('tells how many commits were fast', () => expect(text).toContain('95.0 % of 100 commits'));
  it('says how many letters wait, and how to see them', () => {
    expect(text).toMatch(/wait for a decent hour +3: npm run polku -- deliveries --held/);
    expect(reportLines({ ...report, held: 0 }).join('\n')).not.toContain('--held');
  });
  it('says where the mails are', () => expect(text).toContain('http://127.0.0.1:4401'));
});
