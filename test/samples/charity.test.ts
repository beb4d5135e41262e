import { describe, expect, it } from 'vitest';
import { every, type Happening, livedUnder } from '../support/sample.ts';

const life = livedUnder('charity');

const monthlyGifts = (...dates: readonly string[]) =>
  dates.map((date): Happening => [date, 'gift.given', { kind: 'monthly', amount: 15, currency: 'EUR' }]);

describe('Liisa, who helps and gives', () => {
  const liisa = life(
    ['2026-01-12', 'lead.created', { attributes: { firstName: 'Liisa', language: 'fi', volunteer: true } }],
    ['2026-01-12', 'form.submitted', { form: 'volunteer' }],
    ['2026-02-02', 'lesson.completed', { lesson: 'basics' }],
    ['2026-02-03', 'lesson.completed', { lesson: 'basics' }],
    ['2026-02-05', 'lesson.completed', { lesson: 'safety' }],
    ...every(7, ['2026-02-10', '2026-05-26'], 'shift.done', { hours: 3 }),
    ['2026-03-01', 'member.updated', { attributes: { donor: true } }],
    ['2026-03-01', 'gift.given', { kind: 'single', amount: 50, currency: 'EUR' }],
    ['2026-04-01', 'member.updated', { attributes: { monthly: true } }],
    ...monthlyGifts('2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'),
    ['2026-11-01', 'payment.failed', { reason: 'card-expired' }],
    ...monthlyGifts('2026-11-06', '2026-12-01', '2027-01-01'),
  );

  it('waits for two weeks, and somebody is told; the introduction does not end that, her first shift does', () =>
    expect(liisa.diary('volunteer', '2026-06-30')).toEqual([
      '2026-01-12 interested',
      '2026-01-26 waiting',
      '2026-02-10 helping',
    ]));

  it('learns each lesson once', () => expect(liisa.uncounted('2026-02-09')).toEqual(['2026-02-03 introduction value']));

  it('has given 48 hours by summer, of which eight a month make her score', () => {
    expect(liisa.score('hours', '2026-06-30')).toBe(48);
    expect(liisa.score('helping', '2026-05-26')).toBeCloseTo(31.2, 1);
    expect(liisa.uncounted('2026-02-28')).toContain('2026-02-24 shift points');
  });

  it('pauses as a volunteer in the autumn, and still is a donor in good standing', () => {
    expect(liisa.stage('volunteer', '2026-10-15')).toBe('pausing');
    expect(liisa.stage('donor', '2026-10-15')).toBe('monthly');
    expect(liisa.diary('volunteer', '2027-01-31').slice(3)).toEqual(['2026-09-22 pausing', '2027-01-04 former']);
  });

  it('is on the list for the five days that her card had expired', () =>
    expect(liisa.diary('donor', '2027-01-15')).toEqual([
      '2026-03-01 first-gift',
      '2026-04-01 monthly',
      '2026-11-01 gift-missed',
      '2026-11-06 monthly',
    ]));

  it('is asked for nothing in all that time', () => {
    const letters = liisa.letters('2027-01-15');
    expect(letters.slice(0, 4)).toEqual([
      '2026-01-12 hello-volunteer',
      '2026-03-01 first-gift',
      '2026-04-01 every-month',
      '2026-09-22 how-are-you',
    ]);
    expect(letters.some((letter) => letter.endsWith('what-your-gift-did'))).toBe(false);
  });
});

describe('Mikael, who never says no until he does', () => {
  const mikael = life(
    ['2026-01-05', 'lead.created', { attributes: { firstName: 'Mikael', language: 'sv', volunteer: true } }],
    ...every(7, ['2026-01-06', '2026-05-26'], 'shift.done', { hours: 10 }),
    ...['2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23'].map((date): Happening => [date, 'shift.declined']),
  );

  it('is on the list while he looks like the best of all', () => {
    expect(mikael.diary('volunteer', '2026-03-31')).toEqual([
      '2026-01-05 interested',
      '2026-01-06 helping',
      '2026-03-10 hundred-hours',
      '2026-03-21 worn-out',
    ]);
    expect(mikael.score('hours', '2026-03-21')).toBe(110);
  });

  it('is strained by three refusals in a month, not by a fourth', () =>
    expect(mikael.uncounted('2026-03-31')).toContain('2026-03-23 declined points'));

  it('gets his rest when the shifts end, and no second letter about a hundred hours', () => {
    expect(mikael.diary('volunteer', '2026-09-30').slice(4)).toEqual(['2026-06-19 helping', '2026-09-15 pausing']);
    expect(mikael.letters('2026-09-30')).toEqual([
      '2026-01-05 hello-volunteer',
      '2026-03-10 hundred-hours',
      '2026-09-15 how-are-you',
    ]);
  });
});

describe('somebody who helps and gives', () => {
  const both = { volunteer: true, donor: true };
  const once: Happening = ['2024-12-10', 'gift.given', { kind: 'single', amount: 5000 }];
  const gave = (...more: readonly Happening[]) =>
    life(['2024-12-10', 'member.updated', { attributes: { donor: true } }], once, ...more).posted(
      '2026-12-31',
      'Europe/Helsinki',
    );

  it('gets the thanks for the gift first, and the other letter a day later', () => {
    const saturday = '2026-06-06';
    const ella = life(
      [saturday, 'lead.created', { attributes: both }],
      [saturday, 'gift.given', { kind: 'single', amount: 50 }],
    );
    expect(ella.posted('2026-06-30', 'Europe/Helsinki').slice(0, 2)).toEqual([
      '2026-06-08 09:00 first-gift',
      '2026-06-09 09:00 hello-volunteer',
    ]);
  });

  it('is asked for a gift again when the last one lies far back; not while they wear themselves out for us', () => {
    expect(gave()).toContain('2026-06-16 17:34 what-your-gift-did');
    const helping = every(7, ['2026-01-06', '2026-07-26'], 'shift.done', { hours: 10 });
    expect(gave(['2026-01-05', 'member.updated', { attributes: both }], ...helping)).toContain(
      '2026-06-18 17:34 no what-your-gift-did: stale-capped',
    );
  });

  it('is asked for nothing while somebody of ours talks with them', () =>
    expect(gave(['2026-06-10', 'member.updated', { attributes: { openCase: true } }])).toEqual([
      '2024-12-10 14:00 first-gift',
      '2026-06-18 17:34 no what-your-gift-did: stale-capped',
    ]));

  it('is asked for nothing in July, but in August', () => {
    const january = life(
      ['2025-01-10', 'member.updated', { attributes: { donor: true } }],
      ['2025-01-10', 'gift.given', { kind: 'single', amount: 5000 }],
    );
    expect(january.posted('2026-12-31', 'Europe/Helsinki')).toContain('2026-08-03 09:00 what-your-gift-did');
  });
});

describe('donors', () => {
  const donor = (date: string, more = {}): Happening => [
    date,
    'member.updated',
    { attributes: { donor: true, ...more } },
  ];
  const christmas = (year: number): Happening => [`${year}-12-10`, 'gift.given', { kind: 'single', amount: 20 }];

  it('who give each Christmas are never reminded; who stop are, once, and then let be', () => {
    const kaisa = life(donor('2024-12-10'), ...[2024, 2025, 2026].map(christmas));
    expect(kaisa.diary('donor', '2027-12-10')).toEqual(['2024-12-10 first-gift', '2025-12-10 returning']);
    expect(kaisa.score('giving', '2026-12-10')).toBeCloseTo(16.3, 1);
    expect(kaisa.diary('donor', '2032-01-01').slice(2)).toEqual(['2028-06-04 lapsing', '2029-02-23 former']);
  });

  it('who were lost are back with one gift', () => {
    const back = life(donor('2024-12-10'), christmas(2024), christmas(2029));
    expect(back.diary('donor', '2029-12-31').at(-1)).toBe('2029-12-10 returning');
  });

  it('cannot buy years of silence with one large gift', () => {
    const large = life(donor('2024-12-10'), ['2024-12-10', 'gift.given', { kind: 'single', amount: 5000 }]);
    expect(large.score('giving', '2024-12-10')).toBe(17);
    expect(large.diary('donor', '2026-12-31').at(-1)).toBe('2026-06-16 lapsing');
  });

  it('whose monthly gift stops without a word are noticed within a month of its day', () => {
    const quiet = life(
      donor('2024-12-10', { monthly: true }),
      ...monthlyGifts('2024-12-10', '2025-01-10', '2025-02-10'),
    );
    expect(quiet.diary('donor', '2025-12-31')).toEqual(['2024-12-10 monthly', '2025-04-09 gift-missed']);
  });

  it('who end their monthly gift are thanked by a person, and are at risk of nothing', () => {
    const ended = life(
      donor('2024-12-10', { monthly: true }),
      ...monthlyGifts('2024-12-10', '2025-01-10'),
      donor('2025-01-20', { monthly: false }),
    );
    expect(ended.diary('donor', '2025-12-31')).toEqual(['2024-12-10 monthly', '2025-01-20 ended-monthly']);
  });
});
