import { describe, expect, it } from 'vitest';
import { every, type Happening, livedUnder } from '../support/sample.ts';

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

  it('gets each at a decent hour: the one that fell due on a Sunday comes on Monday morning', () =>
    expect(kari.posted('2026-12-01')).toEqual([
      '2026-01-20 13:00 come-and-meet-us',
      '2026-02-02 08:00 welcome',
      '2026-09-14 08:00 we-miss-you',
    ]));
});

describe('restraint', () => {
  const joined: Happening = ['2026-01-12', 'member.joined'];
  const keen = every(6, ['2026-01-15', '2026-06-20'], 'event.attended', {
    event: 'branch-meeting',
    role: 'organiser',
  });

  it('thanks an ambassador, on the Monday after the Saturday on which they became one', () => {
    const ambassador = life(joined, ...keen);
    expect(ambassador.posted('2026-06-20')).toEqual(['2026-01-12 13:00 welcome', '2026-04-13 08:00 thank-you']);
  });

  it('leaves people in peace who have a case with the union, and does not make up for it when the case is closed', () => {
    const inDispute = life(
      joined,
      ['2026-02-02', 'benefit.used', { benefit: 'legal-advice' }],
      ['2026-02-02', 'member.updated', { attributes: { openCase: true } }],
      ['2026-08-20', 'member.updated', { attributes: { openCase: false } }],
    );
    expect(inDispute.letters('2026-12-31')).toContain('2026-05-03 we-miss-you');
    expect(inDispute.posted('2026-12-31')).toEqual([
      '2026-01-12 13:00 welcome',
      '2026-05-04 08:00 no your-benefits: moved-on',
      '2026-05-07 08:00 no we-miss-you: stale-capped',
    ]);
  });

  it('invites nobody in July, but in August; who joined meanwhile gets the welcome instead', () => {
    const looking: Happening[] = [
      ['2026-07-01', 'lead.created'],
      ['2026-07-20', 'event.attended', { event: 'open-evening' }],
    ];
    expect(life(...looking).posted('2026-08-31')).toEqual(['2026-08-03 08:00 come-and-meet-us']);
    expect(life(...looking, ['2026-07-25', 'member.joined']).posted('2026-08-31')).toEqual([
      '2026-07-27 08:00 welcome',
      '2026-08-03 08:00 no come-and-meet-us: moved-on',
    ]);
  });

  it('welcomes in July as in any other month, and on no public holiday', () => {
    expect(life(['2026-07-07', 'member.joined']).posted('2026-07-31')).toEqual(['2026-07-07 14:00 welcome']);
    expect(life(['2026-05-14', 'member.joined']).posted('2026-05-31')).toEqual(['2026-05-15 08:00 welcome']);
  });
});
