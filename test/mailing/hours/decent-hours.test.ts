import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidayTable } from '../../../infra/holidays/table.ts';
import { type DecentHours, nextDecentInstant } from '../../../shared/mailing/hours/decent-hours.ts';
import { isHoliday } from '../../../shared/mailing/hours/holidays.ts';
import { wallClock } from '../../support/wall-clock.ts';

const HOUR = 3_600_000;
const office: DecentHours = {
  from: 8 * HOUR,
  until: 20 * HOUR,
  weekdays: new Set([1, 2, 3, 4, 5]),
  holidays: [],
  quietJuly: false,
};
const OSLO = 'Europe/Oslo';
const next = (now: string, parts: Partial<DecentHours> = {}, zone = OSLO) => {
  const at = nextDecentInstant(Date.parse(now), zone, { ...office, ...parts });
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('the next decent hour', () => {
  it.each([
    ['is now, at ten on a Wednesday', '2026-03-04T09:00:00.123Z', '2026-03-04T09:00:00.123Z'],
    ['is eight o’clock to the millisecond', '2026-03-04T06:59:59.999Z', '2026-03-04T07:00:00.000Z'],
    ['is the next morning from eight in the evening on', '2026-03-04T19:00:00.000Z', '2026-03-05T07:00:00.000Z'],
    ['is Monday after Friday evening', '2026-03-06T20:00:00.000Z', '2026-03-09T07:00:00.000Z'],
    [
      'is at eight in summer time after the clocks went forward',
      '2026-03-27T22:00:00.000Z',
      '2026-03-30T06:00:00.000Z',
    ],
    ['is at eight in winter time after the clocks went back', '2026-10-23T22:00:00.000Z', '2026-10-26T07:00:00.000Z'],
  ])('%s', (_, now, expected) => expect(next(now)).toBe(expected));

  it('is after the public holidays: in Norway Easter lasts from Thursday to Monday', () =>
    expect(next('2026-04-01T19:00:00Z', { holidays: ['NO'] })).toBe('2026-04-07T06:00:00.000Z'));

  it('is the day after the Seventeenth of May, where that is kept', () => {
    const all = { weekdays: new Set([1, 2, 3, 4, 5, 6, 7]) };
    expect(next('2028-05-17T09:00:00Z', { ...all, holidays: ['NO'] })).toBe('2028-05-18T06:00:00.000Z');
    expect(next('2028-05-17T09:00:00Z', { ...all, holidays: ['SE', 'FI', 'DK'] })).toBe('2028-05-17T09:00:00.000Z');
  });

  it('is in August where July is quiet', () =>
    expect(next('2026-07-01T09:00:00Z', { quietJuly: true })).toBe('2026-08-03T06:00:00.000Z'));

  it('is not there where no hour is decent', () =>
    expect(next('2026-07-01T09:00:00Z', { weekdays: new Set() })).toBeUndefined());

  it('may be in the hour that comes twice, both times; and in the one left out never', () => {
    const night = { from: 2 * HOUR, until: 3 * HOUR, weekdays: new Set([7]) };
    expect(next('2026-10-25T00:30:00Z', night)).toBe('2026-10-25T00:30:00.000Z');
    expect(next('2026-10-25T01:30:00Z', night)).toBe('2026-10-25T01:30:00.000Z');
    expect(next('2026-10-25T02:00:00Z', night)).toBe('2026-11-01T01:00:00.000Z');
    expect(next('2026-03-29T00:00:00Z', night)).toBe('2026-04-05T00:00:00.000Z');
  });
});

const isDecent = (instant: number, zone: string) => {
  const { weekday, minutes } = wallClock(instant, zone);
  return !['sat', 'sun'].includes(weekday) && minutes >= 8 * 60 && minutes < 20 * 60;
};
const zones = Intl.supportedValuesOf('timeZone').filter((_, i) => i % 10 === 0);

describe('in forty time zones and more', () => {
  const years = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2030-01-01') });

  it('is decent by the clock on the wall, and there is no earlier one', () => {
    expect(zones.length).toBeGreaterThanOrEqual(40);
    fc.assert(
      fc.property(years, fc.constantFrom(...zones), fc.double({ min: 0, max: 1, noNaN: true }), (now, zone, part) => {
        const at = nextDecentInstant(now, zone, office) ?? Number.NaN;
        expect(isDecent(at, zone)).toBe(true);
        const before = Math.floor(now + part * (at - now));
        expect(at === now || before >= at || !isDecent(before, zone)).toBe(true);
        expect(nextDecentInstant(at, zone, office)).toBe(at);
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it.each([OSLO, 'Europe/Helsinki', 'Atlantic/Azores', 'America/New_York', 'Australia/Lord_Howe'])(
    'agrees with the wall in every hour of a year: %s',
    (zone) => {
      for (let at = Date.parse('2026-01-01T00:30:00Z'); at < Date.parse('2027-01-01'); at += HOUR) {
        expect(nextDecentInstant(at, zone, office) === at).toBe(isDecent(at, zone));
      }
    },
    60_000,
  );
});

describe('the public holidays', () => {
  it('are those of the library: `npm run holidays` writes them anew', () =>
    expect(readFileSync(new URL('../../../shared/mailing/hours/public-holidays.json', import.meta.url), 'utf8')).toBe(
      holidayTable(),
    ));

  it.each([
    ['2026-06-19', 'FI', true],
    ['2026-06-20', 'SE', true],
    ['2026-06-06', 'SE', true],
    ['2026-12-06', 'FI', true],
    ['2026-05-14', 'DK', true],
    ['2026-05-01', 'DK', false],
    ['1999-12-25', 'DK', false],
  ] as const)('of %s in %s: %s', (date, country, free) => expect(isHoliday(Date.parse(date), country)).toBe(free));
});
