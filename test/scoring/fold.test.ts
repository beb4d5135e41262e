import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Activity } from '../../events/envelope.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { evolve, NOBODY } from '../../shared/scoring/evolve.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { SnapshotBody } from '../../shared/scoring/snapshot.ts';
import type { Standing } from '../../shared/scoring/standing.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

const club = model();
const engagement = (days: number, ...events: Parameters<typeof fold>[1]) =>
  scoreAt(club, fold(club, events), 'engagement', day(days));

describe('the score', () => {
  it('is nothing before anything happened', () => expect(engagement(0)).toBe(0));

  it('gets the points of the rule that listens to the event', () =>
    expect(engagement(0, event('event.attended', 0))).toBe(20));

  it('is worth half after one half-life and a quarter after two', () => {
    expect(engagement(30, event('event.attended', 0))).toBe(10);
    expect(engagement(60, event('event.attended', 0))).toBe(5);
  });

  it('adds what comes to what is left', () =>
    expect(engagement(30, event('event.attended', 0), event('event.attended', 30))).toBe(30));

  it('gets points only where the conditions of the rule hold', () => {
    expect(engagement(0, event('benefit.used', 0, { data: { benefit: 'legal-advice' } }))).toBe(40);
    expect(engagement(0, event('benefit.used', 0, { data: { benefit: 'discount' } }))).toBe(0);
  });

  it('may go below nothing, and decays towards it from there', () => {
    expect(engagement(0, event('payment.failed', 0))).toBe(-15);
    expect(engagement(30, event('payment.failed', 0))).toBe(-7.5);
  });

  it('keeps its points where no half-life is set', () => {
    const lasting = model({ scores: [{ id: 'engagement', title: 'Engagement' }] });
    expect(scoreAt(lasting, fold(lasting, [event('event.attended', 0)]), 'engagement', day(3650))).toBe(20);
  });
});

describe('a cap', () => {
  const visits = (...days: number[]) => days.map((one) => event('site.visited', one));
  const points = (rule: object, ...events: Parameters<typeof fold>[1]) => {
    const capped = model({
      scores: [{ id: 'engagement', title: 'Engagement' }],
      rules: [{ id: 'visited', title: 'Visited', on: 'site.visited', score: 'engagement', points: 2, ...rule }],
    });
    return scoreAt(capped, fold(capped, events), 'engagement', day(400));
  };

  it('lets a rule count so many times within its period', () =>
    expect(points({ cap: { times: 3, per: '7 days' } }, ...visits(0, 1, 2, 3, 4))).toBe(6));

  it('lets it count again as soon as a whole period has passed since the first', () => {
    expect(points({ cap: { times: 1, per: '7 days' } }, ...visits(0, 6.99))).toBe(2);
    expect(points({ cap: { times: 1, per: '7 days' } }, ...visits(0, 7))).toBe(4);
  });

  it('is not filled by what it has cut', () =>
    expect(points({ cap: { times: 1, per: '7 days' } }, ...visits(0, 5, 8))).toBe(4));

  it('without a period counts so many times ever', () =>
    expect(points({ cap: { times: 2 } }, ...visits(0, 100, 200, 300))).toBe(4));
});

describe('the standing', () => {
  it('depends on the set of events, not on the order in which they came', () =>
    fc.assert(
      fc.property(
        history().chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          expect(canonicalJson(fold(club, shuffled))).toBe(canonicalJson(fold(club, events)));
        },
      ),
    ));

  it('is the same, to the byte, when it is stored and folded on in between', () =>
    fc.assert(
      fc.property(history(), fc.nat(), (events, cut) => {
        const ordered = events.toSorted(comparePositions);
        const at = ordered.length === 0 ? 0 : cut % ordered.length;
        const stored = canonicalJson({ standing: fold(club, ordered.slice(0, at)), announced: {}, outbox: [] });
        const { standing } = SnapshotBody.parse(JSON.parse(stored));
        const continued = ordered.slice(at).reduce<Standing>((so, one) => evolve(club, so, one).standing, standing);
        expect(canonicalJson(continued)).toBe(canonicalJson(fold(club, events)));
      }),
    ));

  it('survives any data that JSON can hold', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (data, attributes) => {
        // As it passes the front door.
        const said = Activity.shape.data.parse(JSON.parse(JSON.stringify({ ...data, attributes })));
        const events = ['member.joined', 'benefit.used', 'consent.given'].map((type, i) =>
          event(type, i, { data: said }),
        );
        const body = canonicalJson({ standing: fold(club, events), announced: {}, outbox: [] });
        expect(canonicalJson(SnapshotBody.parse(JSON.parse(body)))).toBe(body);
      }),
    ));

  it('of somebody unknown is that of nobody', () => expect(fold(club, [])).toBe(NOBODY));
});

describe('points that follow a number in the event', () => {
  const volunteered = (hours: unknown) => event('shift.done', 0, { data: JSON.parse(JSON.stringify({ hours })) });
  const points = (hours: unknown, bounds: object = {}) => {
    const by = model({
      rules: [
        {
          id: 'shift',
          title: 'Shift',
          on: 'shift.done',
          score: 'engagement',
          points: { field: 'hours', times: 2, ...bounds },
        },
      ],
    });
    return scoreAt(by, fold(by, [volunteered(hours)]), 'engagement', day(0));
  };

  it('are the number times the factor, within their bounds', () => {
    expect(points(3)).toBe(6);
    expect(points(30, { atMost: 20 })).toBe(20);
    expect(points(-3, { atLeast: 0 })).toBe(0);
  });

  it('are none where there is no number', () => {
    for (const hours of [undefined, null, '3', true, [3]]) expect(points(hours)).toBe(0);
  });

  it('stay within reason whatever the event says', () => expect(points(1e308)).toBe(10_000));
});

describe('other caps', () => {
  const earned = (cap: object, events: Parameters<typeof fold>[1], points: unknown = 5) => {
    const capped = model({
      timeZone: 'Europe/Oslo',
      scores: [{ id: 'engagement', title: 'Engagement' }],
      rules: [{ id: 'rule', title: 'Rule', on: 'event.attended', score: 'engagement', points, cap }],
    });
    const standing = fold(capped, events);
    return { points: scoreAt(capped, standing, 'engagement', day(400)), standing };
  };
  const on = (...days: number[]) => days.map((one) => event('event.attended', one));

  it('limit the points within a period, and let in what is left of the last of them', () => {
    expect(earned({ points: 12, per: '30 days' }, on(0, 1, 2, 3)).points).toBe(12);
    expect(earned({ points: 12, per: '30 days' }, on(0, 1, 2, 31)).points).toBe(17);
    expect(earned({ points: 12, per: '30 days' }, on(0, 1, 2), -5).points).toBe(-12);
  });

  it('count each value of a field once', () => {
    const seminar = (days: number, id: string) => event('event.attended', days, { data: { event: id } });
    const events = [seminar(0, 'a'), seminar(1, 'a'), seminar(2, 'b'), seminar(50, 'a')];
    expect(earned({ oncePer: 'event' }, events).points).toBe(10);
    expect(earned({ oncePer: 'event', per: '30 days' }, events).points).toBe(15);
  });

  it('go by the calendar of the organisation, not by that of the machine', () => {
    const at = (...times: string[]) =>
      times.map((time, i) => event('event.attended', i, { id: String(i), time: Date.parse(time) }));
    const twoMonths = at('2026-07-31T21:30:00Z', '2026-07-31T22:30:00Z', '2026-08-30T12:00:00Z');
    expect(earned({ times: 1, per: 'calendar month' }, twoMonths).points).toBe(10);
    expect(earned({ times: 1, per: 'calendar day' }, at('2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z')).points).toBe(
      5,
    );
  });

  it('may be several; what one refuses fills none', () => {
    const weekly = [{ times: 1, per: '7 days' }, { times: 3 }];
    expect(earned(weekly, on(0, 1, 2, 3, 7, 14, 21, 28)).points).toBe(15);
  });

  it('keep the standing small, however many events come', () => {
    const many = Array.from({ length: 5000 }, (_, i) => event('event.attended', i / 50));
    const { standing } = earned(
      [
        { times: 4, per: '30 days' },
        { points: 100, times: 20 },
      ],
      many,
    );
    expect(JSON.stringify(standing).length).toBeLessThan(2000);
  });
});

describe('the limits of a score', () => {
  const limited = (limits: object) =>
    model({ scores: [{ id: 'engagement', title: 'Engagement', halfLife: '30 days', ...limits }] });
  const value = (limits: object, at: number, ...events: Parameters<typeof fold>[1]) =>
    scoreAt(limited(limits), fold(limited(limits), events), 'engagement', day(at));

  it('let points in up to the ceiling, and again as soon as there is room', () => {
    const events = [0, 0.1, 0.2].map((one) => event('event.attended', one));
    expect(value({ ceiling: 30 }, 0.2, ...events)).toBe(30);
    expect(value({ ceiling: 30 }, 30.2, ...events)).toBe(15);
    expect(value({ ceiling: 30 }, 30.2, ...events, event('event.attended', 30.2))).toBe(30);
  });

  it('hold the score at its floor', () =>
    expect(value({ floor: 0 }, 0, event('payment.failed', 0), event('event.attended', 0, { id: 'z' }))).toBe(20));
});

describe('the time in which a rule is valid', () => {
  const campaign = model({
    timeZone: 'Europe/Oslo',
    rules: [
      {
        id: 'campaign',
        title: 'Campaign',
        on: 'event.attended',
        score: 'engagement',
        points: 8,
        from: '2026-01-06',
        until: '2026-01-07',
      },
    ],
  });
  it.each([
    ['2026-01-05T22:59:59.999Z', 0],
    ['2026-01-05T23:00:00.000Z', 8],
    ['2026-01-07T22:59:59.999Z', 8],
    ['2026-01-07T23:00:00.000Z', 0],
  ])('begins and ends with its dates in the zone of the model: %s gives %d', (time, points) =>
    expect(
      scoreAt(
        campaign,
        fold(campaign, [event('event.attended', 0, { time: Date.parse(time) })]),
        'engagement',
        Date.parse(time),
      ),
    ).toBe(points),
  );
});
