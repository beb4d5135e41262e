import { describe, expect, it } from 'vitest';
import { dayOf, startOf } from '../../shared/kernel/calendar-period.ts';

const begins = (period: Parameters<typeof startOf>[0], instant: string, zone: string) =>
  new Date(startOf(period, Date.parse(instant), zone)).toISOString();

describe('a calendar period begins', () => {
  it.each([
    ['day', '2026-11-23T12:00:00Z', 'Europe/Oslo', '2026-11-22T23:00:00.000Z'],
    ['day', '2026-11-22T23:30:00Z', 'Europe/Oslo', '2026-11-22T23:00:00.000Z'],
    ['week', '2026-11-29T12:00:00Z', 'Europe/Helsinki', '2026-11-22T22:00:00.000Z'],
    ['month', '2026-07-31T21:30:00Z', 'Europe/Helsinki', '2026-07-31T21:00:00.000Z'],
    ['quarter', '2026-06-30T12:00:00Z', 'Europe/Stockholm', '2026-03-31T22:00:00.000Z'],
    ['year', '2026-12-31T23:30:00Z', 'Europe/Copenhagen', '2026-12-31T23:00:00.000Z'],
    ['year', '2026-06-30T23:30:00Z', 'UTC', '2026-01-01T00:00:00.000Z'],
  ] as const)('%s of %s in %s', (period, instant, zone, expected) =>
    expect(begins(period, instant, zone)).toBe(expected),
  );

  it('at local midnight on both days on which the clocks change', () => {
    expect(begins('day', '2026-03-29T12:00:00Z', 'Europe/Oslo')).toBe('2026-03-28T23:00:00.000Z');
    expect(begins('day', '2026-10-25T23:30:00Z', 'Europe/Oslo')).toBe('2026-10-25T23:00:00.000Z');
    expect(begins('day', '2026-10-25T12:00:00Z', 'Europe/Oslo')).toBe('2026-10-24T22:00:00.000Z');
  });

  it('with its first instant where midnight does not exist', () =>
    expect(begins('day', '2018-11-04T12:00:00Z', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z'));
});

describe('a date', () => {
  it('begins once where clocks are set back over midnight, whatever was asked before', () => {
    const day = (instant: string) =>
      dayOf(Date.parse(instant), 'America/St_Johns') - Date.parse('2006-10-28') / 86_400_000;
    const instants = ['2006-10-29T02:29:59Z', '2006-10-29T02:30:30Z', '2006-10-29T03:29:59Z', '2006-10-29T03:30:00Z'];
    const days = [...instants, '2006-10-30T03:29:59Z', '2006-10-30T03:30:00Z'];
    expect(days.map(day)).toEqual([0, 1, 1, 1, 1, 2]);
    expect(days.toReversed().map(day)).toEqual([2, 1, 1, 1, 1, 0]);
  });
});
