import { describe, expect, it } from 'vitest';
import { type Happening, livedUnder } from '../support/sample.ts';

const life = livedUnder('professional-association');

const course = (when: string, name: string, credits: number): Happening => [
  when,
  'course.completed',
  { course: name, credits },
];

describe('Signe, student, professional and at last certified', () => {
  const signe = life(
    ['2024-09-02', 'member.joined', { attributes: { firstName: 'Signe', language: 'sv', grade: 'student' } }],
    ['2024-10-10', 'event.attended', { event: 'students-evening' }],
    ['2025-11-03', 'event.attended', { event: 'career-day' }],
    ['2026-06-15', 'member.updated', { attributes: { grade: 'professional' } }],
    ['2026-06-15', 'member.graduated'],
    ['2026-08-20', 'benefit.used', { benefit: 'salary-advice' }],
    ['2026-09-01', 'member.updated', { attributes: { certification: 'specialist' } }],
    course('2026-09-20', 'law-1', 15),
    course('2026-10-20', 'ethics', 10),
    course('2026-10-25', 'ethics', 10),
    course('2026-12-31T22:30:00Z', 'law-2', 15),
    course('2026-12-31T23:30:00Z', 'method', 10),
    course('2028-01-20', 'law-3', 15),
    course('2028-03-10', 'final', 10),
  );

  it('walks through working life by what the register says', () =>
    expect(signe.diary('career', '2028-12-31')).toEqual(['2024-09-02 student', '2026-06-15 professional']));

  it('is silent for a year in the middle of her degree before anybody asks, and stays when the full fee begins', () =>
    expect(signe.diary('member', '2026-12-31')).toEqual([
      '2024-09-02 new',
      '2024-12-01 quiet',
      '2025-10-10 at-risk',
      '2026-06-15 quiet',
      '2026-08-20 active',
    ]));

  it('completes each course once', () => {
    expect(signe.uncounted('2026-10-31')).toEqual([
      '2026-10-25 course value',
      '2026-10-25 course-credits value',
      '2026-10-25 course-pace value',
    ]);
    expect(signe.score('engagement', '2026-10-25')).toBeCloseTo(39.9, 1);
  });

  it('earns 30 credits in one calendar year; an hour later, in Stockholm, the next has begun', () => {
    expect(signe.score('credits', '2026-12-31T23:00:00Z')).toBe(30);
    expect(signe.score('credits', '2026-12-31T23:30:00Z')).toBe(40);
  });

  it('stands still in 2027, is asked, and gets her certificate', () =>
    expect(signe.diary('certification', '2028-12-31')).toEqual([
      '2026-09-01 enrolled',
      '2026-09-20 under-way',
      '2026-12-31 halfway',
      '2027-11-20 stalled',
      '2028-01-20 halfway',
      '2028-03-10 certified',
    ]));

  it('gets a letter at each turn, none of them twice', () =>
    expect(signe.letters('2028-03-31')).toEqual([
      '2024-09-02 welcome-student',
      '2025-10-10 enough-for-you',
      '2026-06-15 welcome-professional',
      '2027-06-29 enough-for-you',
      '2027-11-20 the-next-step',
      '2028-03-10 certified',
    ]));
});

describe('letters', () => {
  const graduates = (...more: readonly Happening[]) =>
    life(
      ['2025-10-01', 'member.joined', { attributes: { grade: 'student' } }],
      ['2026-05-05', 'event.attended', { event: 'career-day' }],
      ['2026-07-10', 'member.updated', { attributes: { grade: 'professional' } }],
      ['2026-07-10', 'member.graduated'],
      ...more,
    ).posted('2026-09-30', 'Europe/Stockholm');

  it('come in working hours, and none in July: who graduates then is welcomed on the first Monday of August', () =>
    expect(graduates()).toEqual(['2025-10-01 14:00 welcome-student', '2026-08-03 08:00 welcome-professional']));

  it('do not come while advice in a dispute is under way', () =>
    expect(graduates(['2026-07-15', 'member.updated', { attributes: { openCase: true } }])).toEqual([
      '2025-10-01 14:00 welcome-student',
      '2026-08-06 08:00 no welcome-professional: stale-capped',
    ]));
});

describe('silence', () => {
  const seenOnce = (grade: string, ...more: readonly Happening[]) =>
    life(
      ['2025-09-01', 'member.joined', { attributes: { grade } }],
      ['2026-01-10', 'event.attended', { event: 'annual-meeting' }],
      ...more,
    ).diary('member', '2028-12-31');

  it('of a professional means something after half a year', () =>
    expect(seenOnce('professional').at(-1)).toBe('2026-07-09 at-risk'));

  it('of a student means something after a year', () => expect(seenOnce('student').at(-1)).toBe('2027-01-10 at-risk'));

  it('of a senior means nothing, and whoever retires leaves the list', () => {
    expect(seenOnce('senior').at(-1)).toBe('2025-11-30 quiet');
    const retired: Happening = ['2026-10-01', 'member.updated', { attributes: { grade: 'senior' } }];
    expect(seenOnce('professional', retired).slice(-2)).toEqual(['2026-07-09 at-risk', '2026-10-01 quiet']);
  });

  it('is not ended by a click, but by a piece of advice', () => {
    const clicked: Happening = ['2026-07-20', 'email.clicked', { message: 'newsletter' }];
    const advised: Happening = ['2026-09-10', 'benefit.used', { benefit: 'legal-advice' }];
    expect(seenOnce('professional', clicked, advised)).toContain('2026-07-09 at-risk');
    expect(seenOnce('professional', clicked, advised)).toContain('2026-09-10 quiet');
  });
});

describe('a mainstay', () => {
  it('is somebody who speaks again and again, and the owner hears of it once a year at most', () => {
    const talks = ['2026-02-03', '2026-03-03', '2026-04-07', '2026-05-05', '2026-09-01', '2026-10-06'];
    const anders = life(
      ['2025-11-01', 'member.joined', { attributes: { grade: 'professional' } }],
      ...talks.map((date): Happening => [date, 'event.attended', { event: 'seminar', role: 'speaker' }]),
    );
    expect(anders.diary('member', '2026-12-31').slice(-3)).toEqual([
      '2026-02-03 active',
      '2026-05-05 mainstay',
      '2026-07-31 active',
    ]);
  });
});
