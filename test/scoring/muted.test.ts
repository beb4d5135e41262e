import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { due } from '../../shared/scoring/advance.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { Model } from '../../shared/scoring/model.ts';
import { history } from '../support/arbitrary.ts';
import { day, document, event } from '../support/given.ts';

/** A model that cares for opens and clicks in every way that a model can. */
const curious = compile(
  Model.parse({
    ...document,
    rules: [
      ...document.rules,
      { id: 'opened', title: 'Opened', on: 'email.opened', score: 'engagement', points: 15 },
      { id: 'clicked', title: 'Clicked', on: 'email.clicked', score: 'engagement', points: 40, signOfLife: true },
      { id: 'annoyed', title: 'Annoyed', on: 'email.opened', score: 'engagement', points: -3, signOfLife: true },
    ],
    journeys: [
      ...document.journeys,
      {
        id: 'reader',
        title: 'Reader',
        appliesTo: { not: { attribute: 'status', eq: 'left' } },
        stages: [
          { id: 'none', title: 'None' },
          { id: 'some', title: 'Some', enter: { count: 'email.clicked', within: '90 days', gte: 1 } },
          { id: 'fresh', title: 'Fresh', enter: { last: 'email.opened', lt: '5 days' } },
          {
            id: 'curious',
            title: 'Curious',
            enter: { sequence: ['email.opened', 'email.clicked', 'site.visited'], within: '60 days' },
          },
        ],
      },
    ],
  }),
);

const stream = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom('polku', 'news'),
    id: fc.integer({ min: 100, max: 140 }).map(String),
    member: fc.constant('maija'),
    type: fc.constantFrom('email.opened', 'email.clicked'),
    time: fc.integer({ min: 0, max: 200 * 24 }).map((hours) => day(hours / 24)),
    data: fc.constantFrom<ActivityEvent['data'][]>(
      { message: 'news' },
      { message: 'news', link: 'https://example.org' },
    ),
  }),
  { minLength: 1, maxLength: 12, selector: ({ source, id }) => `${source}#${id}` },
);

const seenOf = (events: readonly ActivityEvent[], at: number) => {
  const { standing, transitions, scores } = explain(curious, events, at);
  const { stages, activeAt, history: kept, left, counted } = standing;
  const values = scores.map(({ value }) => value.toFixed(6));
  return { scores: values, stages, activeAt, kept, left, counted, transitions, due: due(curious, standing) };
};

const agreed = (days: number, type = 'consent.given') => event(type, days, { data: { purpose: 'tracking' } });
const click = (days: number) => event('email.clicked', days, { data: { message: 'news' } });

describe('opens and clicks', () => {
  it('change neither scores nor stages of whoever has not agreed to be followed: 10,000 histories', () => {
    let streams = 0;
    fc.assert(
      fc.property(history(12), stream, fc.integer({ min: 0, max: 300 }), (events, followed, days) => {
        const at = Math.max(day(days), ...events.map(({ time }) => time), ...followed.map(({ time }) => time));
        streams += followed.length;
        expect(seenOf([...events, ...followed], at)).toEqual(seenOf(events, at));
      }),
      { numRuns: 10_000 },
    );
    expect(streams).toBeGreaterThan(10_000);
  }, 120_000);

  it('count by the model’s rules for whoever has agreed', () => {
    const joined = event('member.joined', 0);
    const score = (...events: ActivityEvent[]) => Number(seenOf(events, day(5)).scores[0]);
    expect(score(joined, agreed(1), click(5))).toBe(40);
    expect(score(joined, click(5))).toBe(0);
  });

  it('count from the yes on, and until the no', () => {
    const stages = (...events: ActivityEvent[]) => seenOf(events, day(20)).stages.reader?.stage;
    const joined = event('member.joined', 0);
    expect(stages(joined, click(1), agreed(2))).toBe('none');
    expect(stages(joined, agreed(2), click(3))).toBe('some');
    expect(stages(joined, agreed(2), agreed(3, 'consent.withdrawn'), click(4))).toBe('none');
    expect(stages(joined, agreed(2), click(3), agreed(4, 'consent.withdrawn'))).toBe('some');
  });

  it('are not agreed to with any other purpose', () => {
    const joined = event('member.joined', 0);
    const yes = event('consent.given', 1, { data: { purpose: 'marketing' } });
    expect(seenOf([joined, yes, click(2)], day(5)).stages.reader?.stage).toBe('none');
  });

  it('are explained where they did not count', () => {
    const { scores } = explain(curious, [event('member.joined', 0), click(1)], day(5));
    expect(scores[0]?.uncounted).toEqual([
      expect.objectContaining({ rule: 'clicked', points: 40, reason: 'not-followed' }),
    ]);
  });
});
