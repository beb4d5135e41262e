import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { advance, due } from '../../shared/scoring/advance.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

type Events = Parameters<typeof fold>[1];
const at = (time: string, type = 'event.attended') => event(type, 0, { id: `${type} ${time}`, time: Date.parse(time) });

/** The points of a rule on `event.attended` that counts only where the condition holds. */
const points = (where: object, ...events: Events) => {
  const by = model({
    timeZone: 'Europe/Oslo',
    scores: [{ id: 'engagement', title: 'Engagement' }],
    rules: [{ id: 'rule', title: 'Rule', on: 'event.attended', where, score: 'engagement', points: 1 }],
  });
  return scoreAt(by, fold(by, events), 'engagement', day(4000));
};
const attended = (...days: number[]) => days.map((one) => event('event.attended', one));

describe('a rule that asks about what was before', () => {
  it('can hold for the first time alone', () =>
    expect(points({ count: 'event.attended', eq: 0 }, ...attended(0, 1, 500))).toBe(1));

  it('can ask how often something happened within a time', () => {
    const third = { count: 'event.attended', within: '30 days', gte: 2 };
    expect(points(third, ...attended(0, 10, 20))).toBe(1);
    expect(points(third, ...attended(0, 10, 29.999))).toBe(1);
    expect(points(third, ...attended(0, 10, 30))).toBe(0);
  });

  it('can ask how long ago something else was: a sequence', () => {
    const soonAfter = { last: 'site.visited', lte: '14 days' };
    const visited = event('site.visited', 0);
    expect(points(soonAfter, visited, ...attended(14))).toBe(1);
    expect(points(soonAfter, visited, ...attended(14.001))).toBe(0);
    expect(points(soonAfter, ...attended(1))).toBe(0);
  });

  it('can ask for a streak of calendar months, in the zone of the model', () => {
    const streak = { streak: 'event.attended', periods: 2, per: 'month' };
    const months = [at('2026-01-15T12:00:00Z'), at('2026-02-28T22:30:00Z'), at('2026-03-31T22:30:00Z')];
    // The last one is on 1 April in Oslo: of the two months before it, March has nothing.
    expect(points(streak, ...months)).toBe(0);
    expect(points(streak, ...months.slice(0, 2), at('2026-03-31T21:30:00Z'))).toBe(1);
  });

  it('can ask about events with certain data only', () => {
    const speaker = { count: 'event.attended', where: { field: 'role', eq: 'speaker' }, gte: 1 };
    const spoke = event('event.attended', 0, { data: { role: 'speaker' } });
    expect(points(speaker, spoke, ...attended(1))).toBe(1);
    expect(points(speaker, ...attended(0, 1))).toBe(0);
  });

  it('sees who the member is now, and the scores and stages of before', () => {
    const joined = event('member.joined', 0, { data: { attributes: { group: 'student' } } });
    expect(points({ attribute: 'group', eq: 'student' }, joined, ...attended(1))).toBe(1);
    expect(points({ journey: 'member', in: ['quiet'] }, joined, ...attended(1))).toBe(1);
    expect(points({ score: 'engagement', lt: 1 }, ...attended(0, 1, 2))).toBe(1);
  });
});

const everything = model({
  timeZone: 'Europe/Helsinki',
  scores: [{ id: 'engagement', title: 'Engagement', halfLife: '20 days', floor: -20, ceiling: 60 }],
  rules: [
    {
      id: 'attended',
      title: 'Attended',
      on: 'event.attended',
      where: {
        any: [
          { count: 'site.visited', within: '40 days', gte: 2 },
          { last: 'benefit.used', lt: '20 days' },
        ],
      },
      score: 'engagement',
      points: 15,
      cap: [{ times: 2, per: 'calendar month' }, { points: 100 }],
    },
    { id: 'visited', title: 'Visited', on: 'site.visited', score: 'engagement', points: 6, capGroup: 'eager' },
    {
      id: 'early',
      title: 'Early',
      on: 'event.attended',
      where: {
        any: [
          { tag: 'board' },
          { after: 'member.tagged', within: '3 days' },
          { field: 'starts', withinNext: '2 weeks' },
        ],
      },
      score: 'engagement',
      points: 4,
      capGroup: 'eager',
    },
    { id: 'failed', title: 'Failed', on: 'payment.failed', score: 'engagement', points: -9 },
  ],
  capGroups: [{ id: 'eager', title: 'Eager', cap: { points: 30, per: '60 days' } }],
  journeys: [
    {
      id: 'member',
      title: 'Member',
      appliesTo: { attribute: 'status', in: ['member', 'left'] },
      stages: [
        { id: 'quiet', title: 'Quiet' },
        { id: 'busy', title: 'Busy', enter: { count: 'site.visited', within: '25 days', gte: 2 }, leastStay: '9 days' },
        {
          id: 'steady',
          title: 'Steady',
          enter: { streak: 'event.attended', periods: 2, per: 'month' },
          coolDown: '30 days',
          priority: 1,
        },
        { id: 'warm', title: 'Warm', enter: { score: 'engagement', gte: 20 }, stay: { score: 'engagement', gte: 8 } },
        { id: 'away', title: 'Away', enter: { last: 'site.visited', gte: '50 days' }, coolDown: '12 days' },
      ],
    },
    {
      id: 'friend',
      title: 'Friend',
      ordered: true,
      appliesTo: { journey: 'member', in: ['warm', 'steady'] },
      stages: [
        { id: 'near', title: 'Near' },
        { id: 'close', title: 'Close', enter: { since: 'activity', lt: '10 days' }, leastStay: '2 days' },
        { id: 'closest', title: 'Closest', enter: { since: 'activity', lt: '20 days' } },
      ],
    },
    {
      id: 'renewal',
      title: 'Renewal',
      appliesTo: { not: { attribute: 'renewalDate', olderThan: '3 months' } },
      stages: [
        { id: 'far', title: 'Far' },
        {
          id: 'drawn',
          title: 'Drawn',
          enter: { sequence: ['site.visited', 'benefit.used', 'event.attended'], within: '60 days', lt: '15 days' },
        },
        { id: 'near', title: 'Near', enter: { attribute: 'renewalDate', withinNext: '1 month' } },
        {
          id: 'helped',
          title: 'Helped',
          enter: { all: [{ tag: 'choir' }, { attribute: 'renewalDate', withinLast: '3 weeks' }] },
        },
      ],
    },
  ],
});

describe('with everything on', () => {
  it(
    'looking often or seldom still gives the same history, and the due instant is exact',
    () =>
      fc.assert(
        fc.property(history(), fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 25 }), (events, looks) => {
          const standing = fold(everything, events);
          let seen = { standing, transitions: [] as readonly object[] };
          for (const days of [...looks.toSorted((a, b) => a - b), 420]) {
            const next = advance(everything, seen.standing, day(days));
            seen = { standing: next.standing, transitions: [...seen.transitions, ...next.transitions] };
          }
          expect(seen).toEqual(advance(everything, standing, day(420)));

          const next = due(everything, standing);
          if (next === undefined) return;
          expect(advance(everything, standing, next - 1).transitions).toEqual([]);
          expect(advance(everything, standing, next).transitions.length).toBeGreaterThan(0);
        }),
        { numRuns: 300 },
      ),
    60_000,
  );

  it('the order of arrival still makes no difference', () =>
    fc.assert(
      fc.property(history(), (events) => {
        expect(canonicalJson(fold(everything, events.toReversed()))).toBe(canonicalJson(fold(everything, events)));
      }),
    ));

  it('the standing keeps what the model asks about, however much happens', () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      event(['event.attended', 'site.visited', 'benefit.used'][i % 3] ?? '', i / 10),
    );
    expect(canonicalJson(fold(everything, many)).length).toBeLessThan(1500);
  });
});
