import { describe, expect, it } from 'vitest';
import { daysBetween, longAgo, wholeNumber, writtenDate } from '../../shared/kernel/calendar.ts';

const at = (iso: string) => Date.parse(iso);
const HELSINKI = 'Europe/Helsinki';
const OSLO = 'Europe/Oslo';

describe('days between two instants', () => {
  it.each([
    // Clocks go forward at 03:00 in Helsinki and 02:00 in Oslo on 29 March: that day has 23 hours.
    [HELSINKI, '2026-03-28T10:00:00+02:00', '2026-03-29T10:00:00+03:00', 1],
    [HELSINKI, '2026-03-28T23:59:00+02:00', '2026-03-30T00:01:00+03:00', 2],
    [OSLO, '2026-03-29T00:30:00+01:00', '2026-03-29T23:30:00+02:00', 0],
    [OSLO, '2026-03-23T07:00:00+01:00', '2026-03-30T07:00:00+02:00', 7],
    // Clocks go back on 25 October: that day has 25 hours.
    [HELSINKI, '2026-10-24T10:00:00+03:00', '2026-10-25T10:00:00+02:00', 1],
    [HELSINKI, '2026-10-25T00:30:00+03:00', '2026-10-25T23:30:00+02:00', 0],
    [OSLO, '2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00', 0],
    [OSLO, '2026-10-19T07:00:00+02:00', '2026-10-26T07:00:00+01:00', 7],
    // Over the end of a year and a leap day.
    [OSLO, '2027-12-31T23:59:00+01:00', '2028-01-01T00:00:00+01:00', 1],
    [OSLO, '2028-02-28T12:00:00+01:00', '2028-03-01T12:00:00+01:00', 2],
    [OSLO, '2026-05-02T12:00:00+02:00', '2026-05-01T12:00:00+02:00', -1],
  ])('in %s from %s to %s are %i', (zone, from, to, days) => {
    expect(daysBetween(at(from), at(to), zone)).toBe(days);
  });
});

describe('a date', () => {
  it('is the date of the zone, not of the machine', () => {
    expect(writtenDate(at('2026-03-28T22:30:00Z'), 'fi', HELSINKI)).toBe('29. maaliskuuta 2026');
    expect(writtenDate(at('2026-03-28T22:30:00Z'), 'nb', OSLO)).toBe('28. mars 2026');
  });

  it('is right on both sides of a change of clocks', () => {
    // Midnight in Helsinki: two hours before UTC's in winter, three in summer.
    expect(writtenDate(at('2026-10-24T21:00:00Z'), 'en', HELSINKI)).toBe('25 October 2026');
    expect(writtenDate(at('2026-10-25T21:59:59Z'), 'en', HELSINKI)).toBe('25 October 2026');
    expect(writtenDate(at('2026-10-25T22:00:00Z'), 'sv', HELSINKI)).toBe('26 oktober 2026');
  });
});

describe('how long ago', () => {
  const now = at('2026-03-30T07:00:00+03:00');
  it.each([
    ['2026-03-30T00:10:00+03:00', 'en', 'today'],
    ['2026-03-29T23:50:00+03:00', 'en', 'yesterday'],
    ['2026-03-29T12:00:00+03:00', 'fi', 'eilen'],
    ['2026-03-17T12:00:00+02:00', 'sv', 'för 13 dagar sedan'],
    ['2026-03-16T12:00:00+02:00', 'en', '2 weeks ago'],
    ['2025-12-29T12:00:00+02:00', 'sv', 'för 13 veckor sedan'],
    ['2025-11-01T12:00:00+02:00', 'fi', '4 kuukautta sitten'],
    ['2023-03-01T12:00:00+02:00', 'en', '3 years ago'],
    // What the clock of a source puts a little ahead is today.
    ['2026-03-31T00:01:00+03:00', 'en', 'today'],
  ])('%s is in %s "%s"', (then, language, words) => {
    expect(longAgo(at(then), now, language, HELSINKI)).toBe(words);
  });
});

describe('a whole number', () => {
  it('never is minus nothing', () => expect(wholeNumber(-0.4, 'nb')).toBe('0'));
  it('is grouped and signed as the language does', () => {
    expect(wholeNumber(12345.6, 'en')).toBe('12,346');
    expect(wholeNumber(-3, 'sv')).toBe('\u22123');
  });
});
