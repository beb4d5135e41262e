import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, due } from '../../shared/scoring/advance.ts';
import { dateTest, dayIn } from '../../shared/scoring/date-test.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { event, model } from '../support/given.ts';

const OSLO = 'Europe/Oslo';
const at = (time: string) => Date.parse(time);

/** From when to when a test holds of a date, seen once a day at noon. */
const daysOf = (operators: Parameters<typeof dateTest>[0], date: string, from: string, days: number) => {
  const { holds } = dateTest(operators, OSLO);
  const all = Array.from({ length: days }, (_, i) => at(`${from}T11:00:00Z`) + i * 86_400_000);
  const held = all.filter((one) => holds(date, one)).map((one) => new Date(one).toISOString().slice(0, 10));
  return `${held[0]} to ${held.at(-1)}, ${held.length}`;
};

describe('a date, seen from an instant', () => {
  it('lies within the next days until its own is over', () =>
    expect(daysOf({ withinNext: '30 days' }, '2026-05-31', '2026-04-01', 90)).toBe('2026-05-01 to 2026-05-31, 31'));

  it('lies within the last days from its own on, for as many', () =>
    expect(daysOf({ withinLast: '30 days' }, '2026-05-01', '2026-04-01', 90)).toBe('2026-05-01 to 2026-05-30, 30'));

  it('is as old as asked for on the very day, by the calendar', () => {
    expect(daysOf({ olderThan: '18 years' }, '2008-05-17', '2026-05-01', 31)).toBe('2026-05-17 to 2026-05-31, 15');
    expect(daysOf({ olderThan: '1 year' }, '2024-02-29', '2025-02-01', 31)).toBe('2025-02-28 to 2025-03-03, 4');
    expect(daysOf({ olderThan: '1 month' }, '2026-01-31', '2026-02-01', 30)).toBe('2026-02-28 to 2026-03-02, 3');
  });

  it('lies beyond the next days before that', () =>
    expect(daysOf({ beyondNext: '2 weeks' }, '2026-05-31', '2026-05-01', 60)).toBe('2026-05-01 to 2026-05-16, 16'));

  it.each([
    ['2026-05-01', '2026-05-01'],
    ['2026-05-01T23:30:00Z', '2026-05-02'],
    ['2026-05-01T23:30:00.123+0200', '2026-05-01'],
    ['2026-05-01T23:30:00', '2026-05-01'],
    ['9999-12-31', '9999-12-31'],
  ])('%s is the %s', (value, date) => expect(dayIn(value, OSLO)).toBe(at(date) / 86_400_000));

  it.each([
    '',
    'soon',
    '2026-02-30',
    '2026-13-01',
    '01.05.2026',
    '2026-05-01T99:00:00Z',
    '0001-01-01',
    '2026-5-1',
    1777586400000,
    null,
    true,
    ['2026-05-01'],
    undefined,
  ])('%j is no date, and lies nowhere', (value) => {
    for (const operator of ['withinNext', 'withinLast', 'olderThan', 'beyondNext']) {
      const { holds, changesAfter } = dateTest({ [operator]: '30 days' }, OSLO);
      expect(holds(value, at('2026-05-01T12:00:00Z'))).toBe(false);
      expect(changesAfter(value, at('2026-05-01T12:00:00Z'))).toBeUndefined();
    }
  });

  const zone = fc.constantFrom('Europe/Oslo', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu', 'UTC');
  const span = fc.constantFrom('0 days', '1 day', '30 days', '1 month', '5 weeks', '2 years');
  const operators = fc.record(
    { withinNext: span, withinLast: span, olderThan: span, beyondNext: span },
    { requiredKeys: [] },
  );
  const instant = fc.date({ min: new Date('2024-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });

  it('changes at the instants foretold and never in between', () =>
    fc.assert(
      fc.property(
        zone,
        operators,
        instant,
        instant,
        fc.array(fc.nat(900), { maxLength: 20 }),
        (where, asked, date, from, looks) => {
          const test = dateTest(asked, where);
          const value = date.toISOString().slice(0, 10);
          const turn = test.changesAfter(value, from.getTime());
          expect(turn === undefined || turn > from.getTime()).toBe(true);
          const before = test.holds(value, from.getTime());
          if (turn !== undefined) expect(test.holds(value, turn - 1)).toBe(before);
          for (const days of looks) {
            const look = from.getTime() + days * 86_400_000;
            if (turn === undefined || look < turn) expect(test.holds(value, look)).toBe(before);
          }
        },
      ),
    ));
});

describe('a stage that a date leads to', () => {
  const renewing = model({
    timeZone: OSLO,
    journeys: [
      {
        id: 'renewal',
        title: 'Renewal',
        appliesTo: { attribute: 'renewalDate', exists: true },
        stages: [
          { id: 'far', title: 'Far' },
          { id: 'near', title: 'Near', enter: { attribute: 'renewalDate', withinNext: '30 days' } },
          { id: 'lapsed', title: 'Lapsed', enter: { attribute: 'renewalDate', olderThan: '1 day' } },
        ],
      },
    ],
  });
  const renews = (date: string) =>
    fold(renewing, [event('member.joined', 0, { data: { attributes: { renewalDate: date } } })]);

  it('is entered at midnight of the organisation, so many days before, and left after the day itself', () => {
    const { transitions } = advance(renewing, renews('2026-04-15'), at('2027-01-01T00:00:00Z'));
    expect(transitions.map(({ to, at: when }) => `${to} ${new Date(when).toISOString()}`)).toEqual([
      'near 2026-03-15T23:00:00.000Z',
      'lapsed 2026-04-15T22:00:00.000Z',
    ]);
    expect(due(renewing, renews('2026-04-15'))).toBe(at('2026-03-15T23:00:00.000Z'));
  });

  it('is never entered where the date is none', () => expect(due(renewing, renews('15.4.2026'))).toBeUndefined());
});

describe('a rule that asks about a date', () => {
  it('sees it from the time of the event', () => {
    const early = model({
      timeZone: OSLO,
      rules: [
        {
          id: 'early',
          title: 'Early',
          on: 'event.registered',
          where: { field: 'starts', beyondNext: '30 days' },
          score: 'engagement',
          points: 5,
        },
        {
          id: 'young',
          title: 'Young',
          on: 'event.registered',
          where: { not: { attribute: 'born', olderThan: '26 years' } },
          score: 'engagement',
          points: 1,
        },
      ],
    });
    const person = event('member.joined', 0, { data: { attributes: { born: '2000-02-04' } } });
    const registered = (days: number) => event('event.registered', days, { data: { starts: '2026-02-08' } });
    const points = (days: number) => fold(early, [person, registered(days)]).scores.engagement !== undefined;
    expect(points(3)).toBe(true);
    expect(points(29)).toBe(true);
    expect(points(30)).toBe(false);
  });
});
