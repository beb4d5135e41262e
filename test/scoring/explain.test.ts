import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../shared/scoring/explain.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

const club = model();
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('the explanation', () => {
  it('names the event, the rule, the points then and what decay has left of them', () => {
    const [score] = explain(club, [event('event.attended', 0)], day(30)).scores;
    expect(score).toMatchObject({
      score: 'engagement',
      value: 10,
      contributions: [{ event: { type: 'event.attended', time: day(0) }, rule: 'attended', points: 20, pointsNow: 10 }],
    });
  });

  it('says what a cap has cut', () => {
    const visits = [0, 1, 2, 3].map((one) => event('site.visited', one));
    const [score] = explain(club, visits, day(3)).scores;
    expect(score?.contributions).toHaveLength(3);
    expect(score?.uncounted).toMatchObject([{ event: { time: day(3) }, rule: 'visited', points: 2, reason: 'times' }]);
  });

  it('sums up to the score, whatever happened', () =>
    fc.assert(
      fc.property(history(), (events) => {
        const { scores } = explain(club, events, day(250));
        const standing = fold(club, events);
        for (const { score, value, contributions } of scores) {
          expect(value).toBe(scoreAt(club, standing, score, day(250)));
          expect(sum(contributions.map(({ pointsNow }) => pointsNow))).toBeCloseTo(value, 9);
        }
      }),
    ));

  it('of a day in the past shows the standing of that day', () => {
    const events = [event('event.attended', 0), event('event.attended', 10)];
    expect(explain(club, events, day(5))).toEqual(explain(club, events.slice(0, 1), day(5)));
  });

  it('lists every change of stage with its instant', () => {
    const events = [event('member.joined', 0), event('event.attended', 1), event('event.attended', 2)];
    expect(explain(club, events, day(100)).transitions).toMatchObject([
      { journey: 'member', from: null, to: 'quiet', at: day(0) },
      { from: 'quiet', to: 'active', at: day(2) },
      { from: 'active', to: 'quiet' },
      { from: 'quiet', to: 'at-risk', at: day(62) },
    ]);
  });
});
