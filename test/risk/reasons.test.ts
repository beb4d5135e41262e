import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { courseOf } from '../../shared/risk/course.ts';
import { reasonsAtRisk, reasonsToSpeak } from '../../shared/risk/reasons.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { Model } from '../../shared/scoring/model.ts';
import { history } from '../support/arbitrary.ts';
import { day, document, event } from '../support/given.ts';

const ZONE = 'Europe/Helsinki';
const engagement = { id: 'engagement', title: 'Engagement' };
const model = compile(Model.parse(document));
const of = (events: readonly ActivityEvent[], at: number, judge: typeof reasonsAtRisk) =>
  judge(explain(model, events, at), courseOf(model, engagement, events, at), ZONE);
const atRisk = (at: number, ...events: ActivityEvent[]) => of(events, day(at), reasonsAtRisk);
const toSpeak = (at: number, ...events: ActivityEvent[]) => of(events, day(at), reasonsToSpeak);
const kinds = (reasons: readonly { kind: string }[]) => reasons.map(({ kind }) => kind);

const joined = event('member.joined', 0);

describe('the reasons for being at risk', () => {
  it('are silence in days of the calendar, from three weeks on', () => {
    expect(kinds(atRisk(20, joined, event('event.attended', 0)))).not.toContain('silent');
    // Day 0 is 5 January; clocks go forward on 29 March. The 90th day is the 90th all the same.
    expect(atRisk(90, joined, event('event.attended', 0.2))).toContainEqual({ kind: 'silent', days: 90 });
  });

  it('say of somebody who joined and was never seen again just that', () =>
    expect(atRisk(75, joined)).toContainEqual({ kind: 'silent-since-joining', days: 75 }));

  it('are the fall of the score, once it shows in whole points', () => {
    const reasons = atRisk(184, joined, event('event.attended', 100));
    expect(reasons).toContainEqual({
      kind: 'fell',
      title: 'Engagement',
      before: 20,
      now: 20 * 2 ** (-84 / 30),
      weeks: 12,
    });
    expect(kinds(atRisk(500, joined, event('event.attended', 100)))).not.toContain('fell');
  });

  it('are what they did more than once in the year before and not since', () => {
    const events = [joined, event('event.attended', 40), event('event.attended', 60), event('benefit.used', 50)];
    expect(atRisk(150, ...events)).toContainEqual({
      kind: 'stopped',
      title: 'Attended an event',
      times: 2,
      last: day(60),
    });
    expect(kinds(atRisk(150, ...events, event('event.attended', 149)))).not.toContain('stopped');
    expect(kinds(atRisk(600, ...events))).not.toContain('stopped');
  });

  it('begin with the trouble of late', () => {
    const reasons = atRisk(100, joined, event('payment.failed', 80), event('payment.failed', 90));
    expect(reasons[0]).toEqual({ kind: 'did', title: 'A payment failed', times: 2, last: day(90) });
  });

  it('count what happened, also beyond a cap', () => {
    const visits = [10, 10.1, 10.2, 10.3, 10.4].map((days) => event('site.visited', days));
    expect(atRisk(120, joined, ...visits)).toContainEqual(
      expect.objectContaining({ kind: 'stopped', title: 'Visited the site', times: 5 }),
    );
  });

  it('are four at most', () => {
    const events = [40, 41].flatMap((days) => [
      event('event.attended', days),
      event('site.visited', days),
      event('benefit.used', days, { data: { benefit: 'legal-advice' } }),
    ]);
    const reasons = atRisk(140, joined, ...events, event('payment.failed', 130));
    expect(kinds(reasons)).toEqual(['did', 'silent', 'fell', 'stopped']);
  });
});

describe('the reasons to speak with somebody', () => {
  it('are the rise of the score and what they did, the weightiest first', () => {
    const reasons = toSpeak(
      60,
      event('lead.created', 30),
      event('site.visited', 55),
      event('site.visited', 56),
      event('event.attended', 58),
    );
    expect(kinds(reasons)).toEqual(['rose', 'did', 'did']);
    expect(reasons.slice(1)).toEqual([
      { kind: 'did', title: 'Attended an event', times: 1, last: day(58) },
      { kind: 'did', title: 'Visited the site', times: 2, last: day(56) },
    ]);
  });
});

describe('one event that several rules tell of', () => {
  it('is told by the weightiest', () => {
    const both = compile(
      Model.parse({
        ...document,
        rules: [
          ...document.rules,
          { id: 'seen', title: 'Was seen', on: 'event.attended', score: 'engagement', points: 1 },
        ],
      }),
    );
    const events = [joined, event('event.attended', 40), event('event.attended', 60)];
    const reasons = reasonsAtRisk(explain(both, events, day(150)), courseOf(both, engagement, events, day(150)), ZONE);
    expect(reasons.filter(({ kind }) => kind === 'stopped')).toHaveLength(1);
  });
});

describe('the course of a score', () => {
  it('is what it was twelve, eight and four weeks ago, and now', () => {
    const events = [event('member.joined', 0), event('event.attended', 20), event('event.attended', 60)];
    const { points } = courseOf(model, engagement, events, day(80));
    expect(points.map(({ weeksAgo }) => weeksAgo)).toEqual([12, 8, 4, 0]);
    expect(points.map(({ value }) => value)).toEqual([
      undefined,
      expect.closeTo(20 * 2 ** (-4 / 30), 9),
      expect.closeTo(20 * 2 ** (-32 / 30), 9),
      expect.closeTo(20 * 2 ** (-60 / 30) + 20 * 2 ** (-20 / 30), 9),
    ]);
  });

  it('is at each point what the explanation of that day says, whatever happened', () =>
    fc.assert(
      fc.property(history(), fc.integer({ min: 0, max: 300 }), (events, days) => {
        const { points } = courseOf(model, engagement, events, day(days));
        for (const { weeksAgo, value } of points) {
          const then = explain(model, events, day(days - weeksAgo * 7));
          if (value === undefined) expect(events.every(({ time }) => time > then.at)).toBe(true);
          else expect(value).toBeCloseTo(then.scores[0]?.value ?? Number.NaN, 9);
        }
      }),
    ));
});
