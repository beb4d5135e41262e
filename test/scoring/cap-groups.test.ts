import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

type Events = Parameters<typeof fold>[1];
const on = (id: string, type: string, points: number, rest: object = {}) => ({
  id,
  title: id,
  on: type,
  score: 'engagement',
  points,
  capGroup: 'web',
  ...rest,
});
const points = (cap: object, rules: readonly object[], ...events: Events) => {
  const by = model({
    scores: [{ id: 'engagement', title: 'Engagement' }],
    rules,
    capGroups: [{ id: 'web', title: 'The web', cap }],
  });
  return scoreAt(by, fold(by, events), 'engagement', day(400));
};
const visit = (days: number) => event('site.visited', days);
const answer = (days: number, message = `m${days}`) => event('survey.answered', days, { data: { message } });

describe('a cap that rules share', () => {
  const rules = [on('visited', 'site.visited', 2), on('answered', 'survey.answered', 5)];

  it('is filled by all of them together', () => {
    expect(points({ times: 3, per: '7 days' }, rules, visit(0), answer(1), visit(2), answer(3), visit(8))).toBe(11);
    expect(points({ points: 10, per: 'calendar year' }, rules, answer(0), visit(1), answer(2))).toBe(10);
  });

  it('comes after the caps of the rule itself; what one of them refuses fills none', () => {
    const once = [on('visited', 'site.visited', 2, { cap: { times: 1 } }), rules[1] ?? {}];
    expect(points({ times: 2 }, once, visit(0), visit(1), visit(2), answer(3))).toBe(7);
  });

  it('fills the caps of the rule itself with what it lets through, not with more', () => {
    const own = [on('visited', 'site.visited', 6, { cap: { points: 12 } })];
    // 6, 4 of 6, and a period later what is left of the rule's own 12.
    expect(points({ points: 10, per: '7 days' }, own, visit(0), visit(1), visit(8))).toBe(12);
  });

  it('lets an event count once where several rules fit: by the first in the list', () => {
    const both = [on('answer', 'survey.answered', 5), on('any-answer', 'survey.answered', 1)];
    expect(points({ oncePer: 'message' }, both, answer(0, 'a'), answer(1, 'b'), answer(2, 'a'))).toBe(10);
  });

  it('does not concern rules outside the group', () =>
    expect(points({ times: 1 }, [on('visited', 'site.visited', 2, { capGroup: undefined })], visit(0), visit(1))).toBe(
      4,
    ));

  it('never lets through more than it says, in whatever order the events came', () =>
    fc.assert(
      fc.property(history(60), fc.integer({ min: 1, max: 5 }), (events, times) => {
        const by = model({
          scores: [{ id: 'engagement', title: 'Engagement' }],
          rules: ['site.visited', 'event.attended', 'benefit.used'].map((type) => on(type.replace('.', '-'), type, 3)),
          capGroups: [{ id: 'web', title: 'The web', cap: { times } }],
        });
        const score = scoreAt(by, fold(by, events), 'engagement', day(400));
        expect(score).toBeLessThanOrEqual(3 * times);
        expect(scoreAt(by, fold(by, events.toReversed()), 'engagement', day(400))).toBe(score);
      }),
    ));
});
