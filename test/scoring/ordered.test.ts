import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { advance, due } from '../../shared/scoring/advance.ts';
import type { CompiledModel } from '../../shared/scoring/compile.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { history } from '../support/arbitrary.ts';
import { day, event, model } from '../support/given.ts';

const engaged = (gte: number) => ({ score: 'engagement', gte });
const curious = { id: 'curious', title: 'Curious' };
const warm = { id: 'warm', title: 'Warm', enter: engaged(10), stay: engaged(5) };
const keen = { id: 'keen', title: 'Keen', enter: engaged(20), stay: engaged(15) };
const core = { id: 'core', title: 'Core', enter: engaged(35), stay: engaged(30) };
const path = [curious, warm, keen, core];
const names = path.map(({ id }) => id);
const walking = (stages: readonly object[], ordered = true) =>
  model({
    journeys: [{ id: 'path', title: 'Path', appliesTo: { attribute: 'status', eq: 'member' }, ordered, stages }],
  });

const joined = event('member.joined', 0);
const advice = event('benefit.used', 1, { data: { benefit: 'legal-advice' } });
const steps = (by: CompiledModel, until: number, ...events: ActivityEvent[]) =>
  explain(by, events, day(until)).transitions.map(({ to, at }) => `${(at - day(0)) / 86_400_000} ${to}`);

describe('an ordered journey', () => {
  it('is walked one stage at a time, all at one instant where the conditions allow', () => {
    expect(steps(walking(path), 1, joined, advice)).toEqual(['0 curious', '1 warm', '1 keen', '1 core']);
    expect(steps(walking(path, false), 1, joined, advice)).toEqual(['0 curious', '1 core']);
  });

  it('stops where a stage must be stayed in, and goes on by itself', () => {
    const patient = walking([curious, warm, { ...keen, leastStay: '4 days' }, core]);
    expect(steps(patient, 9, joined, advice)).toEqual(['0 curious', '1 warm', '1 keen', '5 core']);
    expect(due(patient, fold(patient, [joined, advice]))).toBe(day(5));
  });

  it('does not lead past a stage that nobody gets into', () => {
    const closed = { id: 'closed', title: 'Closed', enter: { attribute: 'nothing', exists: true } };
    expect(steps(walking([curious, warm, closed, core]), 1, joined, advice)).toEqual(['0 curious', '1 warm']);
  });

  it('leads back as far as the conditions say, in one step', () => {
    const lost = event('payment.failed', 2);
    const again = event('payment.failed', 3);
    expect(steps(walking(path), 3, joined, advice, lost, again).slice(4)).toEqual(['2 keen', '3 curious']);
    const away = { id: 'away', title: 'Away', enter: { since: 'activity', gte: '400 days' } };
    expect(steps(walking([...path, away]), 500, joined, advice).at(-1)).toMatch(/^\d+\.?\d* curious$/);
  });

  const busy = walking([
    { ...curious, enter: { not: { tag: 'board' } } },
    { ...warm, leastStay: '2 days' },
    { ...keen, coolDown: '6 days', priority: 1 },
    { ...core, enter: { any: [engaged(35), { count: 'site.visited', within: '20 days', gte: 2 }] } },
  ]);

  it('is never walked forward by more than one stage at a time, whatever happens', () =>
    fc.assert(
      fc.property(history(60), (events) => {
        for (const { from, to } of explain(busy, events, day(600)).transitions) {
          if (to !== null) expect(names.indexOf(to)).toBeLessThanOrEqual(from === null ? 0 : names.indexOf(from) + 1);
        }
      }),
      { numRuns: 300 },
    ));

  it('comes to rest at each instant: looking again there changes nothing', () =>
    fc.assert(
      fc.property(history(60), (events) => {
        const standing = fold(busy, events);
        const { transitions } = explain(busy, events, day(600));
        const at = transitions.at(-1)?.at ?? day(0);
        const then = advance(busy, standing, Math.max(at, standing.asOf)).standing;
        expect(advance(busy, then, then.asOf).transitions).toEqual([]);
      }),
    ));
});

describe('a change of stage', () => {
  const { transitions } = explain(
    model(),
    [joined, event('event.attended', 1), event('event.attended', 2), event('payment.failed', 20)],
    day(90),
  );
  const told = transitions.map(({ to, because }) => [
    to,
    because.map(({ stage, test, holds }) => ({ stage, holds, ...test })),
  ]);

  it('says which tests let somebody in, and which no longer kept them', () =>
    expect(told).toEqual([
      ['quiet', [{ stage: null, holds: true, attribute: 'status', eq: 'member' }]],
      ['active', [{ stage: 'active', holds: true, score: 'engagement', gte: 25 }]],
      [
        'quiet',
        [
          { stage: 'active', holds: false, score: 'engagement', gte: 25 },
          { stage: 'active', holds: false, score: 'engagement', gte: 10 },
        ],
      ],
      [
        'at-risk',
        [
          { stage: 'at-risk', holds: true, since: 'activity', gte: '60 days' },
          { stage: 'at-risk', holds: true, score: 'engagement', lt: 10 },
        ],
      ],
    ]));

  it('names of several alternatives only those that hold, and of what fails only what is missing', () => {
    const either = model({
      journeys: [
        {
          id: 'path',
          title: 'Path',
          appliesTo: { attribute: 'status', eq: 'member' },
          stages: [
            { id: 'low', title: 'Low' },
            {
              id: 'high',
              title: 'High',
              enter: { any: [{ tag: 'board' }, { all: [{ tag: 'choir' }, { not: { tag: 'guest' } }] }, engaged(90)] },
            },
          ],
        },
      ],
    });
    const tagged = event('member.tagged', 1, { data: { tags: ['choir'] } });
    const guest = event('member.tagged', 2, { data: { tags: ['guest'] } });
    const [, up, down] = explain(either, [joined, tagged, guest], day(3)).transitions;
    expect(up?.because).toEqual([
      { stage: 'high', test: { tag: 'choir' }, holds: true },
      { stage: 'high', test: { tag: 'guest' }, holds: false },
    ]);
    expect(down?.because).toContainEqual({ stage: 'high', test: { tag: 'guest' }, holds: true });
    expect(down?.because).not.toContainEqual({ stage: 'high', test: { tag: 'choir' }, holds: true });
  });

  it('always has a reason', () =>
    fc.assert(
      fc.property(history(60), (events) => {
        for (const { because } of explain(model(), events, day(600)).transitions) expect(because).not.toEqual([]);
      }),
    ));
});
