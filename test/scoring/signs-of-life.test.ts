import { describe, expect, it } from 'vitest';
import { fold } from '../../shared/scoring/fold.ts';
import { day, event, model } from '../support/given.ts';

const rule = (on: string, points: number, rest: object = {}) => ({
  id: on.replace('.', '-'),
  title: on,
  on,
  score: 'engagement',
  points,
  ...rest,
});
const activeAfter = (rules: readonly object[], ...events: Parameters<typeof fold>[1]) =>
  fold(model({ rules }), [event('lead.created', 0), ...events]).activeAt;

describe('a sign of life', () => {
  it('is what fits a rule with 0 points or more', () => {
    expect(activeAfter([rule('site.visited', 0)], event('site.visited', 5))).toBe(day(5));
    expect(activeAfter([rule('payment.failed', -5)], event('payment.failed', 5))).toBe(day(0));
    expect(activeAfter([], event('site.visited', 5))).toBe(day(0));
  });

  it('is not what a register says of somebody, unless the rule says so', () => {
    for (const type of ['member.updated', 'member.tagged', 'member.untagged']) {
      expect(activeAfter([rule(type, 3)], event(type, 5))).toBe(day(0));
      expect(activeAfter([rule(type, 3, { signOfLife: true })], event(type, 5))).toBe(day(5));
    }
  });

  it('is what a rule calls so, whatever its points', () => {
    expect(activeAfter([rule('email.delivered', 1, { signOfLife: false })], event('email.delivered', 5))).toBe(day(0));
    expect(activeAfter([rule('complaint.made', -5, { signOfLife: true })], event('complaint.made', 5))).toBe(day(5));
  });

  it('is joining, though no rule listens to it: who joins after a long time has not slipped away', () =>
    expect(activeAfter([], event('member.joined', 300))).toBe(day(300)));
});
