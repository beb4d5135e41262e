import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityEvent } from '../../events/envelope.ts';
import { dayOf, startOfDay } from '../../shared/kernel/calendar-period.ts';
import { explain } from '../../shared/scoring/explain.ts';
import { fold } from '../../shared/scoring/fold.ts';
import { Model } from '../../shared/scoring/model.ts';
import { scoreAt, turnOf } from '../../shared/scoring/score.ts';
import { day, document, event, model } from '../support/given.ts';

const ZONE = 'Europe/Oslo';
const rule = (id: string, points: number, rest: object = {}) => ({
  id,
  title: id,
  on: `did.${id}`,
  score: 'engagement',
  points,
  ...rest,
});
const scored = (scores: object[], rules: object[], rest: object = {}) =>
  model({
    timeZone: ZONE,
    scores,
    rules,
    journeys: [{ ...document.journeys[0], stages: [{ id: 'a', title: 'A' }] }],
    ...rest,
  });
const engagement = (rest: object) => ({ id: 'engagement', title: 'Engagement', ...rest });
const valueOn = (decay: unknown, days: number, ...events: ActivityEvent[]) => {
  const one = scored([engagement({ decay })], [rule('a', 10)]);
  return scoreAt(one, fold(one, events), 'engagement', day(days));
};

describe('points', () => {
  it('fade in a straight line, by whole days of the organisation', () => {
    const decay = { linear: '10 days' };
    expect(valueOn(decay, 0, event('did.a', 0))).toBe(10);
    // Noon in Oslo is 11:00 UTC; day 0 is 13:00 there, so eleven hours later a new day begins.
    expect(valueOn(decay, 10.9 / 24, event('did.a', 0))).toBe(10);
    expect(valueOn(decay, 11 / 24, event('did.a', 0))).toBe(9);
    expect(valueOn(decay, 5, event('did.a', 0))).toBe(5);
    expect(valueOn(decay, 10, event('did.a', 0))).toBe(0);
    expect(valueOn(decay, 5, event('did.a', 0), event('did.a', 5))).toBe(15);
  });

  it('expire so many days after the day on which they were given', () => {
    expect(valueOn({ expiry: '365 days' }, 364, event('did.a', 0))).toBe(10);
    expect(valueOn({ expiry: '365 days' }, 365, event('did.a', 0))).toBe(0);
  });

  it('lose their worth in steps', () => {
    const steps = [
      { after: '30 days', keep: 0.5 },
      { after: '90 days', keep: 0 },
    ];
    expect([0, 29, 30, 89, 90].map((at) => valueOn({ steps }, at, event('did.a', 0)))).toEqual([10, 10, 5, 5, 0]);
  });

  it('keep their worth where nothing is said of it', () =>
    expect(valueOn(undefined, 5000, event('did.a', 0))).toBe(10));

  it('fade as their rule says, where it says otherwise than the score', () => {
    const mixed = scored(
      [engagement({ halfLife: '30 days' })],
      [rule('a', 10), rule('b', 10, { decay: 'none' }), rule('c', 10, { decay: { expiry: '20 days' } })],
    );
    const standing = fold(mixed, [event('did.a', 0), event('did.b', 0), event('did.c', 0)]);
    expect([0, 15, 30].map((at) => scoreAt(mixed, standing, 'engagement', day(at)))).toEqual([
      30,
      10 + 10 * 2 ** -0.5 + 10,
      15,
    ]);
  });

  it('that come to an end take no room for ever', () => {
    const one = scored([engagement({ decay: { expiry: '30 days' } })], [rule('a', 1)]);
    const many = (count: number) => Array.from({ length: count }, (_, i) => event('did.a', i / 20));
    const size = (count: number) => JSON.stringify(fold(one, many(count)).scores).length;
    expect(size(10_000)).toBeLessThan(size(620) + 40);
  });
});

describe('a score of fit', () => {
  const fit = scored(
    [
      {
        id: 'fit',
        title: 'Fit',
        fit: [
          { id: 'nearby', title: 'Works nearby', when: { attribute: 'region', eq: 'north' }, points: 30 },
          { id: 'student', title: 'Student', when: { attribute: 'student', eq: true }, points: -10 },
          { id: 'loyal', title: 'A year with us', when: { since: 'joining', gte: '365 days' }, points: 5 },
        ],
      },
      engagement({ halfLife: '30 days' }),
      { id: 'all', title: 'All in all', sum: ['fit', 'engagement'] },
    ],
    [rule('a', 8)],
    {
      grades: [
        {
          id: 'lead-grade',
          title: 'Grade',
          letter: { score: 'fit', from: [30, 10] },
          number: { score: 'engagement', from: [8, 4] },
        },
      ],
      journeys: [
        {
          id: 'path',
          title: 'Path',
          appliesTo: { attribute: 'status', eq: 'member' },
          stages: [
            { id: 'other', title: 'Other' },
            { id: 'good', title: 'Good', enter: { grade: 'lead-grade', in: ['A1', 'A2'] } },
            { id: 'best', title: 'Best', enter: { score: 'all', gte: 37 } },
          ],
        },
      ],
    },
  );
  const joined = (days: number, attributes: ActivityEvent['data']) =>
    event('member.joined', days, { data: { attributes } });
  const fitOn = (days: number, ...events: ActivityEvent[]) => scoreAt(fit, fold(fit, events), 'fit', day(days));

  it('is the sum of what is true of somebody now', () => {
    expect(fitOn(0, joined(0, { region: 'north' }))).toBe(30);
    expect(fitOn(0, joined(0, { region: 'north', student: true }))).toBe(20);
    expect(
      fitOn(
        1,
        joined(0, { region: 'north' }),
        event('member.updated', 1, { data: { attributes: { region: 'south' } } }),
      ),
    ).toBe(0);
  });

  it('changes by time alone where a fact does', () => {
    expect(fitOn(364.9, joined(0, {}))).toBe(0);
    expect(fitOn(365, joined(0, {}))).toBe(5);
  });

  it('adds up with others, and moves members at the instant', () => {
    const events = [joined(0, { region: 'north' }), event('did.a', 0, { id: 'z' })];
    const { transitions, scores } = explain(fit, events, day(400));
    expect(transitions.map(({ to, at }) => [to, at])).toEqual([
      ['other', day(0)],
      ['best', day(0)],
      ['good', transitions[2]?.at],
      ['other', day(30) + 1],
    ]);
    expect(scoreAt(fit, fold(fit, events), 'all', transitions[2]?.at ?? 0)).toBeLessThan(37);
    expect(scoreAt(fit, fold(fit, events), 'all', (transitions[2]?.at ?? 0) - 1)).toBeGreaterThanOrEqual(37);
    expect(scores[0]?.facts).toMatchObject([
      { fact: 'nearby', points: 30 },
      { fact: 'loyal', points: 5 },
    ]);
    expect(scores[2]?.parts.map(({ score }) => score)).toEqual(['fit', 'engagement']);
  });
});

describe('scores across the join', () => {
  const across = scored(
    [
      { id: 'readiness', title: 'Readiness', halfLife: '30 days', while: 'lead' },
      engagement({ halfLife: '30 days', while: 'member' }),
    ],
    [rule('a', 16, { score: 'readiness' }), rule('b', 16, { on: 'did.a' }), rule('c', 3, { on: 'member.joined' })],
  );
  const both = (days: number, ...events: ActivityEvent[]) => {
    const standing = fold(across, events);
    return ['readiness', 'engagement'].map((score) => scoreAt(across, standing, score, day(days)));
  };
  const life = [event('did.a', 0), event('member.joined', 30), event('did.a', 40)];

  it('the one of leads ends at joining and keeps what it was worth', () => {
    expect(both(30, ...life.slice(0, 2))).toEqual([8, 3]);
    expect(both(300, ...life)[0]).toBe(8);
  });

  it('count nothing twice', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (days, join) => {
          const events = [...new Set(days)].map((at) => event('did.a', at));
          const { scores } = explain(across, [...events, event('member.joined', join + 0.5)], day(120));
          const ids = scores.flatMap(({ contributions }) =>
            contributions.filter(({ event: { type } }) => type === 'did.a').map(({ event: { id } }) => id),
          );
          expect(ids.sort()).toEqual(events.map(({ id }) => id).sort());
        },
      ),
    ));

  it('the one of leads begins anew for somebody who comes back as a lead', () => {
    const back = [...life, event('member.left', 100), event('lead.created', 200), event('did.a', 210)];
    expect(both(210, ...back)[0]).toBe(16);
    const [readiness] = explain(across, back, day(210)).scores;
    expect(readiness?.contributions).toMatchObject([{ event: { time: day(210) } }]);
    expect(readiness?.uncounted).toMatchObject([{ reason: 'began-anew' }, { reason: 'not-lead' }]);
  });
});

const durations = ['3 days', '10 days', '30 days', '90 days'];
const anyDecay = fc.oneof(
  fc.constant('none' as const),
  fc.constantFrom(...durations).map((halfLife) => ({ halfLife })),
  fc.constantFrom(...durations).map((linear) => ({ linear })),
  fc.constantFrom(...durations).map((expiry) => ({ expiry })),
  fc.constant({
    steps: [
      { after: '5 days', keep: 0.5 },
      { after: '40 days', keep: 0.1 },
      { after: '60 days', keep: 0 },
    ],
  }),
);
const anyScore = fc.record({
  decays: fc.array(anyDecay, { minLength: 1, maxLength: 4 }),
  points: fc.array(fc.integer({ min: -20, max: 40 }), { minLength: 4, maxLength: 4 }),
  events: fc.uniqueArray(fc.record({ rule: fc.integer({ min: 0, max: 3 }), at: fc.integer({ min: 0, max: 2000 }) }), {
    maxLength: 12,
    selector: ({ rule: one, at }) => `${one} ${at}`,
  }),
});
const built = ({ decays, points, events }: typeof anyScore extends fc.Arbitrary<infer Case> ? Case : never) => {
  const compiled = scored(
    [engagement({})],
    points.map((worth, i) => rule(`r${i}`, worth, { decay: decays[i % decays.length] })),
  );
  const history = events.map(({ rule: one, at }) => event(`did.r${one}`, at / 24));
  return { compiled, history, standing: fold(compiled, history) };
};

describe('whatever its points and however they fade, a score', () => {
  it('is the sum of what is left of each', () =>
    fc.assert(
      fc.property(anyScore, fc.integer({ min: 0, max: 200 }), (one, later) => {
        const { compiled, history, standing } = built(one);
        const at = day(2000 / 24 + later);
        const left = (decay: (typeof one.decays)[number] | undefined, given: number): number => {
          const days = dayOf(at, ZONE) - dayOf(given, ZONE);
          const length = (text: string) => Number.parseInt(text, 10);
          if (decay === undefined || decay === 'none') return 1;
          if ('halfLife' in decay) return 0.5 ** ((at - given) / 86_400_000 / length(decay.halfLife));
          if ('linear' in decay) return Math.max(0, 1 - days / length(decay.linear));
          if ('expiry' in decay) return days < length(decay.expiry) ? 1 : 0;
          return days < 5 ? 1 : days < 40 ? 0.5 : days < 60 ? 0.1 : 0;
        };
        const sum = one.events.reduce(
          (all, { rule: index, at: hour }) =>
            all + (one.points[index] ?? 0) * left(one.decays[index % one.decays.length], day(hour / 24)),
          0,
        );
        expect(scoreAt(compiled, standing, 'engagement', at)).toBeCloseTo(sum, 9);
        const [score] = explain(compiled, history, at).scores;
        expect(score?.contributions.reduce((all, { pointsNow }) => all + pointsNow, 0)).toBeCloseTo(sum, 9);
      }),
    ));

  it('passes a bound at the ms that is foretold, and not before', () =>
    fc.assert(
      fc.property(
        anyScore,
        fc.integer({ min: -20, max: 40 }),
        fc.constantFrom<(value: number, bound: number) => boolean>(
          (value, bound) => value >= bound,
          (value, bound) => value > bound,
        ),
        fc.integer({ min: 0, max: 1000 }),
        (one, bound, compare, hours) => {
          const { compiled, standing } = built(one);
          const score = compiled.scores.get('engagement');
          if (!score) throw new Error('there is one');
          const from = day(2000 / 24) + hours * 3_600_000;
          const holds = (at: number) => compare(scoreAt(compiled, standing, 'engagement', at), bound);
          const turn = turnOf(score, standing, bound, (value) => compare(value, bound), from);
          const until = turn ?? from + 2000 * 86_400_000;
          // Every beginning of a day, and in between so often that no turn hides.
          const seen = new Set([from, until - 1]);
          for (let at = from; at < until; at += Math.max(1, (until - from) / 150)) seen.add(Math.floor(at));
          for (let d = dayOf(from, ZONE) + 1; startOfDay(d, ZONE) < until && d < dayOf(from, ZONE) + 120; d++) {
            seen.add(startOfDay(d, ZONE));
          }
          for (const at of seen) expect([at, holds(at)]).toEqual([at, holds(from)]);
          if (turn !== undefined) expect(holds(turn)).toBe(!holds(from));
        },
      ),
      { numRuns: 150 },
    ));
});

describe('a score that comes ever nearer to a bound', () => {
  it('is at it once no number lies between, and whoever asks then was told before', () => {
    const lasting = scored([engagement({})], [rule('a', 11), rule('b', 1, { decay: { halfLife: '3 days' } })]);
    const standing = fold(lasting, [event('did.a', 0), event('did.b', 0)]);
    const score = lasting.scores.get('engagement');
    const turn = score && turnOf(score, standing, 11, (value) => value > 11, day(0));
    const value = (at: number) => scoreAt(lasting, standing, 'engagement', at);
    expect(value((turn ?? 0) - 1)).toBeGreaterThan(11);
    expect(value(turn ?? 0)).toBe(11);
  });
});

describe('a model that says of its scores what cannot be', () => {
  const faults = (parts: object) => {
    const read = Model.safeParse({ ...document, ...parts });
    return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const ofScore = (rest: object) => faults({ scores: [engagement(rest)] });

  it.each<[string, string[], string]>([
    ['two decays', ofScore({ halfLife: '3 days', decay: 'none' }), 'scores.0.decay: stands beside `halfLife`'],
    ['a term in hours', ofScore({ decay: { expiry: '30 hours' } }), 'scores.0.decay.expiry: must be whole days'],
    ['a term beyond all', ofScore({ decay: { linear: '5000 days' } }), 'scores.0.decay.linear: must be whole days'],
    [
      'a term of nothing',
      ofScore({ decay: { linear: '0 days' } }),
      'scores.0.decay.linear: must be longer than nothing',
    ],
    [
      'steps without end',
      ofScore({ decay: { steps: [{ after: '3 days', keep: 0.5 }] } }),
      'scores.0.decay.steps.0.keep: must be 0',
    ],
    [
      'steps out of order',
      ofScore({
        decay: {
          steps: [
            { after: '3 days', keep: 0.5 },
            { after: '2 days', keep: 0 },
          ],
        },
      }),
      'scores.0.decay.steps.1.after: must be later',
    ],
    ['a decay of no kind', ofScore({ decay: { fast: '3 days' } }), 'scores.0.decay: none, or one of'],
    [
      'a fact about a score',
      ofScore({ fit: [{ id: 'a', title: 'A', when: { score: 'engagement', gte: 1 }, points: 1 }] }),
      'scores.0.fit.0.when: a fact may ask',
    ],
    [
      'a rule for a fit',
      ofScore({ fit: [{ id: 'a', title: 'A', when: { attribute: 'x', eq: 1 }, points: 1 }] }),
      'rules.0.score: "engagement" is reckoned',
    ],
    ['a sum of itself', ofScore({ sum: ['engagement'] }), 'scores.0.sum.0: there is no score "engagement" before'],
    ['a fading sum', ofScore({ sum: ['a'], halfLife: '3 days' }), 'scores.0.halfLife: is for points that rules give'],
    [
      'a grade of no score',
      faults({
        grades: [
          { id: 'g', title: 'G', letter: { score: 'x', from: [1] }, number: { score: 'engagement', from: [1] } },
        ],
      }),
      'grades.0.letter.score: there is no score "x"',
    ],
    [
      'bounds of a grade that rise',
      faults({
        grades: [
          {
            id: 'g',
            title: 'G',
            letter: { score: 'engagement', from: [1, 2] },
            number: { score: 'engagement', from: [1] },
          },
        ],
      }),
      'grades.0.letter.from: the highest bound first',
    ],
  ])('is told so: %s', (_, found, told) => expect(found.join('\n')).toContain(told));
});
