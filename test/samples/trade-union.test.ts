import { describe, expect, it } from 'vitest';
import { every, livedUnder } from '../support/sample.ts';

const life = livedUnder('trade-union');

describe('Kari, who joins, makes much of it, and falls silent', () => {
  const kari = life(
    ['2026-01-12', 'lead.created', { attributes: { firstName: 'Kari', language: 'nb' } }],
    ['2026-01-12', 'site.visited', { topic: 'pay' }],
    ['2026-01-20', 'event.attended', { event: 'open-evening' }],
    ['2026-01-21', 'form.submitted', { form: 'join-help' }],
    ['2026-02-01', 'member.joined'],
    ...every(30, ['2026-02-15', '2026-06-15'], 'event.attended', { event: 'branch-meeting' }),
    ['2026-03-10', 'benefit.used', { benefit: 'legal-advice' }],
    ['2026-10-01', 'event.attended', { event: 'branch-meeting' }],
  );

  it('is ready for a talk once she asks for help', () =>
    expect(kari.diary('lead', '2026-02-28')).toEqual([
      '2026-01-12 cold',
      '2026-01-20 warming',
      '2026-01-21 ready',
      '2026-02-01 -',
    ]));

  it('is active from her second month, and missed three months after her last meeting', () =>
    expect(kari.diary('member', '2026-12-01')).toEqual([
      '2026-02-01 new',
      '2026-03-10 active',
      '2026-09-13 at-risk',
      '2026-10-01 active',
    ]));

  it('gets one letter at each turn', () =>
    expect(kari.letters('2026-12-01')).toEqual([
      '2026-01-20 come-and-meet-us',
      '2026-02-01 welcome',
      '2026-09-13 we-miss-you',
    ]));
});
