import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { advance, due } from '../../shared/scoring/advance.ts';
import { fold } from '../../shared/scoring/fold.ts';
import type { SequenceCondition } from '../../shared/scoring/history-condition.ts';
import { comparePositions } from '../../shared/scoring/position.ts';
import { sequenceKey, sequenceTracker } from '../../shared/scoring/sequence.ts';
import type { Standing } from '../../shared/scoring/standing.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

const path = (enter: object) =>
  model({
    journeys: [
      {
        id: 'path',
        title: 'Path',
        appliesTo: { not: { attribute: 'nothing', exists: true } },
        stages: [
          { id: 'start', title: 'Start' },
          { id: 'there', title: 'There', enter },
        ],
      },
    ],
  });
const isThere = (enter: object, days: number, ...events: ActivityEvent[]) => {
  const by = path(enter);
  return advance(by, fold(by, events), day(days)).standing.stages.path?.stage === 'there';
};

describe('somebody who asked for help within two weeks after a visit', () => {
  const asked = { sequence: ['site.visited', 'form.submitted'], within: '14 days' };

  it('is whoever did the one after the other, no later', () => {
    expect(isThere(asked, 30, event('site.visited', 0), event('form.submitted', 14))).toBe(true);
    expect(isThere(asked, 30, event('site.visited', 0), event('form.submitted', 14.001))).toBe(false);
    expect(isThere(asked, 30, event('form.submitted', 0), event('site.visited', 1))).toBe(false);
    expect(isThere(asked, 30, event('site.visited', 0))).toBe(false);
  });

  it('is not kept from it by other visits, nor by what came too late before', () => {
    const visits = [0, 20, 21, 22].map((days) => event('site.visited', days));
    expect(isThere(asked, 60, ...visits, event('form.submitted', 19), event('form.submitted', 30))).toBe(true);
  });

  it('counts for as long as the condition says, to the millisecond', () => {
    const lately = { ...asked, lt: '90 days' };
    const life = [event('site.visited', 0), event('form.submitted', 3)];
    const by = path(lately);
    expect(due(by, fold(by, life))).toBe(day(93));
    expect(isThere(lately, 92.999, ...life)).toBe(true);
    expect(isThere(lately, 93, ...life)).toBe(false);
  });

  it('may need certain data in each step, and one event is no two steps', () => {
    const twice = { sequence: ['event.attended', 'event.attended'], within: '30 days' };
    expect(isThere(twice, 9, event('event.attended', 0))).toBe(false);
    expect(isThere(twice, 9, event('event.attended', 0), event('event.attended', 5))).toBe(true);
    const role = (one: string) => ({ event: 'event.attended', where: { field: 'role', eq: one } });
    const rising = { sequence: [role('guest'), role('speaker')], within: '30 days' };
    const as = (one: string, days: number) => event('event.attended', days, { data: { role: one } });
    expect(isThere(rising, 9, as('guest', 0), as('speaker', 5))).toBe(true);
    expect(isThere(rising, 9, as('speaker', 0), as('guest', 5))).toBe(false);
  });
});

describe('a sequence', () => {
  const type = fc.constantFrom('site.visited', 'event.attended', 'benefit.used');
  const asked: fc.Arbitrary<SequenceCondition> = fc.record({
    sequence: fc.array(type, { minLength: 2, maxLength: 4 }),
    within: fc.constantFrom('1 hour', '5 days', '40 days'),
  });

  /** Whether the events from one place on have these steps among them, in order, until an instant. */
  const follows = (events: readonly ActivityEvent[], steps: readonly unknown[], until: number): boolean => {
    const [step, ...rest] = steps;
    if (step === undefined) return true;
    return events.some((one, i) => one.type === step && one.time <= until && follows(events.slice(i + 1), rest, until));
  };

  it('is found wherever it is, remembering no more numbers than it has steps', () =>
    fc.assert(
      fc.property(asked, history(30), (leaf, unordered) => {
        const events = unordered.toSorted(comparePositions);
        const tracker = sequenceTracker(leaf, 'UTC');
        const kept = events.reduce<Standing['history']>((so, one) => tracker(so, one), {});
        const [first, ...rest] = leaf.sequence;
        const happened = events.some(
          (one, i) => one.type === first && follows(events.slice(i + 1), rest, one.time + milliseconds(leaf.within)),
        );
        expect(kept[sequenceKey(leaf)] !== undefined).toBe(happened);
        expect(Object.values(kept).flat().length).toBeLessThanOrEqual(leaf.sequence.length);
      }),
      { numRuns: 500 },
    ));
});

describe('a rule', () => {
  const points = (where: object, ...events: ActivityEvent[]) => {
    const by = model({
      scores: [{ id: 'engagement', title: 'Engagement' }],
      rules: [{ id: 'one', title: 'One', on: 'form.submitted', where, score: 'engagement', points: 1 }],
      journeys: [
        {
          id: 'any',
          title: 'Any',
          appliesTo: { score: 'engagement', gte: 1 },
          stages: [
            { id: 'one', title: 'One' },
            { id: 'two', title: 'Two', enter: { score: 'engagement', gte: 2 } },
          ],
        },
      ],
    });
    return { one: 1, two: 2, none: 0 }[fold(by, events).stages.any?.stage ?? 'none'];
  };
  const submitted = (...days: number[]) => days.map((one) => event('form.submitted', one));

  it('can be for the first time ever, in plain words', () => {
    expect(points({ first: 'form.submitted' }, ...submitted(0, 1, 900))).toBe(1);
    const help = { first: 'form.submitted', where: { field: 'form', eq: 'help' } };
    const asked = event('form.submitted', 3, { data: { form: 'help' } });
    expect(points({ all: [{ field: 'form', eq: 'help' }, help] }, ...submitted(0), asked)).toBe(1);
  });

  it('for the first of a kind is not for what is of another kind', () => {
    const help = { first: 'form.submitted', where: { field: 'form', eq: 'help' } };
    const asked = (at: number) => event('form.submitted', at, { data: { form: 'help' } });
    expect(points(help, ...submitted(0, 1))).toBe(0);
    expect(points(help, ...submitted(0), asked(3), asked(4))).toBe(1);
    expect(points({ first: 'site.visited' }, ...submitted(0))).toBe(0);
  });

  it('can be for what comes after something else, within a time', () => {
    const after = { after: 'site.visited', within: '14 days' };
    expect(points(after, event('site.visited', 0), ...submitted(14))).toBe(1);
    expect(points(after, event('site.visited', 0), ...submitted(14.001))).toBe(0);
    expect(points({ after: 'site.visited' }, event('site.visited', 0), ...submitted(500))).toBe(1);
    expect(points(after, ...submitted(1))).toBe(0);
  });
});
