import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, due } from '../../shared/scoring/advance.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { scoreAt } from '../../shared/scoring/score.ts';
import type { Transition } from '../../shared/scoring/standing.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

const club = model();
const joined = event('member.joined', 0);

const stageOn = (days: number, ...events: Parameters<typeof fold>[1]) =>
  advance(club, fold(club, events), day(days)).standing.stages.member?.stage;

describe('a journey', () => {
  it('begins when it applies to somebody', () => {
    expect(stageOn(0, event('event.attended', 0))).toBeUndefined();
    expect(stageOn(0, joined)).toBe('quiet');
  });

  it('ends when it applies no more', () => expect(stageOn(9, joined, event('member.left', 9))).toBeUndefined());

  it('puts a member in the furthest stage whose condition holds', () =>
    expect(stageOn(1, joined, event('benefit.used', 1, { data: { benefit: 'legal-advice' } }))).toBe('active'));

  it('keeps a member in a stage as long as its looser condition holds', () => {
    const active = [joined, event('event.attended', 1), event('event.attended', 1.5)];
    expect(stageOn(30, ...active)).toBe('active');
    expect(stageOn(50, ...active)).toBe('active');
    expect(stageOn(62, ...active)).not.toBe('active');
  });

  it('keeps a member whose score is at the very bound, and lets them go with the next ms', () => {
    const advice = event('benefit.used', 1, { data: { benefit: 'legal-advice' } });
    const atBound = advance(club, fold(club, [joined, advice]), day(61)).standing;
    expect(scoreAt(club, atBound, 'engagement', day(61))).toBe(10);
    expect(atBound.stages.member?.stage).toBe('active');
    const after = advance(club, atBound, day(61) + 1).standing;
    expect(after.stages.member).toEqual({ stage: 'at-risk', since: day(61) + 1 });
  });

  it('turns silence into a stage at the instant at which it has lasted long enough', () => {
    const silent = fold(club, [joined, event('site.visited', 1)]);
    expect(due(club, silent)).toBe(day(61));
    expect(advance(club, silent, day(61) - 1).standing.stages.member?.stage).toBe('quiet');
    expect(advance(club, silent, day(61)).standing.stages.member).toEqual({ stage: 'at-risk', since: day(61) });
  });

  it('brings a member back when they are heard of again', () =>
    expect(stageOn(91, joined, event('event.attended', 91))).toBe('quiet'));

  it('does not take bad news for a sign of life', () =>
    expect(stageOn(80, joined, event('payment.failed', 50))).toBe('at-risk'));
});

/** Looks at the member at each of these instants in turn. */
const seenAt = (standing: ReturnType<typeof fold>, instants: readonly number[]) =>
  instants.reduce(
    ({ standing: so, transitions }, instant) => {
      const next = advance(club, so, instant);
      return { standing: next.standing, transitions: [...transitions, ...next.transitions] };
    },
    { standing, transitions: [] as readonly Transition[] },
  );

const looks = fc.array(
  fc.integer({ min: 0, max: 40_000 }).map((hundredths) => day(hundredths / 100)),
  { maxLength: 30 },
);

describe('time alone', () => {
  it('gives the same history whether one looks often or once', () =>
    fc.assert(
      fc.property(history(), looks, (events, instants) => {
        const standing = fold(club, events);
        const often = seenAt(standing, [...instants.toSorted((a, b) => a - b), day(400)]);
        expect(often).toEqual(advance(club, standing, day(400)));
      }),
    ));

  it('changes nothing before the due instant, and something at it', () =>
    fc.assert(
      fc.property(history(), (events) => {
        const standing = fold(club, events);
        const at = due(club, standing);
        if (at === undefined) {
          expect(advance(club, standing, day(20_000)).transitions).toEqual([]);
          return;
        }
        expect(advance(club, standing, at - 1).transitions).toEqual([]);
        expect(advance(club, standing, at).transitions.map((one) => one.at)).toContain(at);
      }),
    ));

  it('does not move a member to and fro between two bounds', () =>
    fc.assert(
      fc.property(history(), (events) => {
        const standing = fold(club, events);
        const stages = advance(club, standing, day(20_000)).transitions.map(({ journey, to }) => `${journey} ${to}`);
        expect(new Set(stages).size).toBe(stages.length);
      }),
    ));

  it('leaves a score where it was seen to cross, to the millisecond', () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 5000, noNaN: true }),
        fc.double({ min: 0.001, max: 5000, noNaN: true }),
        fc.integer({ min: 1, max: 9999 }),
        (points, bound, hours) => {
          const halving = model({
            scores: [{ id: 's', title: 'S', halfLife: `${hours} hours` }],
            rules: [{ id: 'r', title: 'R', on: 'event.attended', score: 's', points }],
            journeys: [
              {
                id: 'j',
                title: 'J',
                appliesTo: { not: { attribute: 'nothing', exists: true } },
                stages: [
                  { id: 'low', title: 'Low' },
                  { id: 'high', title: 'High', enter: { score: 's', gte: bound } },
                ],
              },
            ],
          });
          const standing = fold(halving, [event('event.attended', 0)]);
          const at = due(halving, standing);
          expect(at === undefined).toBe(points < bound);
          if (at === undefined) return;
          expect(scoreAt(halving, standing, 's', at - 1)).toBeGreaterThanOrEqual(bound);
          expect(scoreAt(halving, standing, 's', at)).toBeLessThan(bound);
        },
      ),
    ));
});

describe('a stage', () => {
  const journey = (stages: object[]) =>
    model({
      journeys: [{ id: 'member', title: 'Member', appliesTo: { attribute: 'status', eq: 'member' }, stages }],
    });
  const quiet = { id: 'quiet', title: 'Quiet' };
  const warm = { id: 'warm', title: 'Warm', enter: { score: 'engagement', gte: 15 } };
  const lasting = journey([quiet, { ...warm, leastStay: '40 days' }]);
  const resting = journey([quiet, { ...warm, coolDown: '40 days' }]);
  const life = [joined, event('event.attended', 1)];
  const history = (by: typeof club, until: number, ...events: Parameters<typeof fold>[1]) => {
    const standing = fold(by, events);
    return advance(by, standing, day(until)).standing.stages.member;
  };

  it('keeps who has entered for its least stay, to the millisecond, and no longer', () => {
    const standing = fold(lasting, life);
    expect(due(lasting, standing)).toBe(day(41));
    expect(history(lasting, 40.99, ...life)?.stage).toBe('warm');
    expect(history(lasting, 41, ...life)).toEqual({ stage: 'quiet', since: day(41) });
  });

  it('is not entered again before its cool-down is over, and then by itself', () => {
    const left = fold(resting, life);
    const out = due(resting, left) ?? 0;
    const back = [...life, event('event.attended', 20), event('event.attended', 21), event('event.attended', 22)];
    const standing = fold(resting, back);
    expect(standing.stages.member?.stage).toBe('quiet');
    expect(due(resting, standing)).toBe(out + day(40) - day(0));
    expect(history(resting, 53, ...back)?.stage).toBe('quiet');
    expect(history(resting, 54, ...back)).toEqual({ stage: 'warm', since: out + day(40) - day(0) });
  });

  it('with the higher priority wins, wherever it stands', () => {
    const stages = (priority: number) => [quiet, { ...warm, priority }, { ...warm, id: 'hot' }];
    expect(history(journey(stages(0)), 1, ...life)?.stage).toBe('hot');
    expect(history(journey(stages(1)), 1, ...life)?.stage).toBe('warm');
  });
});
