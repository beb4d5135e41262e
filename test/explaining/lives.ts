import fc from 'fast-check';
import type { ActivityEvent } from '../../events/envelope.ts';
import { deedsFor } from '../../shared/explaining/deeds.ts';
import { compile } from '../../shared/scoring/compile.ts';
import { Model } from '../../shared/scoring/model.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';
import { day } from '../support/given.ts';

export const published = (model: Model): PublishedModel => ({ version: 1, model, compiled: compile(model) });

/** Somebody's life up to an instant, of what a model takes note of and of who they are. */
export type Life = { readonly events: readonly ActivityEvent[]; readonly at: number };

const attributes = fc.record({
  volunteer: fc.constantFrom(true, true, false),
  donor: fc.constantFrom(true, true, false),
  monthly: fc.constantFrom(true, false, null),
  grade: fc.constantFrom('student', 'professional', 'senior'),
  certification: fc.constantFrom('safety', null),
  season: fc.constantFrom('on', 'off', 'break'),
});

/** Any member's life under a model, over up to 400 days. */
export const lifeUnder = (model: Model): fc.Arbitrary<Life> => {
  const deeds = model.journeys.flatMap((journey) => deedsFor(model, journey, []));
  const happened = fc.record({ deed: fc.constantFrom(...deeds), days: fc.double({ min: 0, max: 400, noNaN: true }) });
  return fc
    .record({
      known: attributes,
      first: fc.constantFrom('member.joined', 'member.joined', 'member.joined', 'lead.created'),
      happened: fc.array(happened, { maxLength: 25 }),
      days: fc.double({ min: 0, max: 450, noNaN: true }),
    })
    .map(({ known, first, happened, days }) => {
      const event = (id: string, type: string, time: number, data: ActivityEvent['data']): ActivityEvent => ({
        source: 'crm',
        id,
        member: 'maija',
        type,
        time,
        data,
      });
      return {
        events: [
          event('first', first, day(0), { attributes: known }),
          ...happened.map(({ deed, days }, i) => event(`event-${i}`, deed.type, day(days), deed.data(i, '2026-01-05'))),
        ],
        at: day(days),
      };
    });
};

const days = (least: number, most: number) => fc.integer({ min: least, max: most }).map((n) => `${n} days`);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const types = fc.constantFrom('event.attended', 'site.visited', 'shift.done');

const rises = fc.oneof(
  fc.record({ score: fc.constantFrom('engagement', 'helping'), gte: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ count: types, within: maybe(days(10, 120)), gte: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ last: types, lte: days(5, 60) }),
  fc.record({ streak: types, periods: fc.integer({ min: 1, max: 3 }), per: fc.constantFrom('week', 'month') }),
  fc.record({ since: fc.constant('joining'), gte: days(1, 200) }),
  fc.record({ attribute: fc.constant('grade'), in: fc.constant(['professional', 'senior']) }),
  fc.record({ tag: fc.constantFrom('board', 'steward') }),
  fc.record({ sequence: fc.constant(['event.registered', 'event.attended']), within: days(5, 60) }),
  fc.record({ grade: fc.constant('overall'), in: fc.constantFrom(['A1'], ['A1', 'B1']) }),
  fc.record({ score: fc.constant('all'), gte: fc.integer({ min: 5, max: 60 }) }),
);
const falls = fc.oneof(
  fc.record({ since: fc.constant('activity'), gte: days(20, 200) }),
  fc.record({ score: fc.constantFrom('engagement', 'helping'), lt: fc.integer({ min: -5, max: 10 }) }),
  fc.record({ not: fc.record({ last: types, lte: days(20, 200) }) }),
);
const several = <Leaf>(leaf: fc.Arbitrary<Leaf>) =>
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 2, maxLength: 2 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 2, maxLength: 3 }).map((any) => ({ any })) },
  );
const waits = { leastStay: maybe(days(1, 40)), coolDown: maybe(days(1, 100)) };
const stage = (id: string, enter: fc.Arbitrary<object>) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(id),
    enter,
    stay: maybe(enter),
    priority: fc.constantFrom(0, 0, 0, 1, -1),
    ...waits,
  });

const cap = fc.oneof(
  fc.record({ times: fc.integer({ min: 1, max: 3 }), per: fc.constantFrom('1 day', '30 days', 'calendar month') }),
  fc.record({ points: fc.integer({ min: 5, max: 40 }), per: fc.constantFrom('7 days', 'calendar quarter') }),
  fc.record({ oncePer: fc.constant('event') }),
);
const rule = (id: string, on: string, score: string, points: fc.Arbitrary<unknown>, where?: object) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(id),
    on: fc.constant(on),
    score: fc.constant(score),
    points,
    cap: maybe(cap),
    ...(where ? { where: fc.constant(where) } : {}),
  });
const score = (id: string) =>
  fc.record({
    id: fc.constant(id),
    title: fc.constant(id),
    decay: maybe(
      fc.oneof(
        fc.record({ halfLife: days(5, 120) }),
        fc.record({ linear: days(5, 30) }),
        fc.record({ expiry: days(10, 200) }),
        days(5, 60).map((after) => ({
          steps: [
            { after, keep: 0.5 },
            { after: '100 days', keep: 0 },
          ],
        })),
      ),
    ),
    floor: maybe(fc.constantFrom(0, -10)),
    ceiling: maybe(fc.constantFrom(50, 100)),
  });
const points = fc.integer({ min: 1, max: 25 });

const withoutUnset = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Any small model of which no part contradicts another in form; what it means may be as odd as people's models are. */
export const anyModel: fc.Arbitrary<Model> = fc
  .record({
    title: fc.constant('A club'),
    timeZone: fc.constantFrom('Europe/Oslo', 'UTC'),
    scores: fc.tuple(
      score('engagement'),
      score('helping'),
      fc.constant({
        id: 'promise',
        title: 'Promise',
        fit: [{ id: 'grown', title: 'Grown', when: { attribute: 'grade', ne: 'student' }, points: 12 }],
      }),
      fc.constant({ id: 'all', title: 'All', sum: ['engagement', 'promise'] }),
    ),
    grades: fc.constant([
      {
        id: 'overall',
        title: 'Overall',
        letter: { score: 'promise', from: [10] },
        number: { score: 'engagement', from: [30, 10] },
      },
    ]),
    rules: fc.tuple(
      rule('attended', 'event.attended', 'engagement', points),
      rule('led', 'event.attended', 'engagement', points, { field: 'role', in: ['speaker', 'organiser'] }),
      rule('visited', 'site.visited', 'engagement', fc.integer({ min: 0, max: 4 })),
      rule('helped', 'shift.done', 'helping', fc.constant({ field: 'hours', times: 2, atMost: 16 })),
      rule('unpaid', 'payment.failed', 'engagement', fc.integer({ min: -20, max: -1 })),
      rule('unhappy', 'survey.answered', 'engagement', fc.constant(-8), { field: 'rating', lte: 2 }),
    ),
    journeys: fc.tuple(
      fc.record({
        id: fc.constant('member'),
        title: fc.constant('Member'),
        ordered: fc.constantFrom(false, false, true),
        appliesTo: fc.constant({ attribute: 'status', eq: 'member' }),
        stages: fc.tuple(
          fc.record({ id: fc.constant('new'), title: fc.constant('New') }),
          stage('active', several(rises)),
          stage('core', several(rises)),
          stage('back', several(falls)).map((one) => ({ ...one, atRisk: true })),
        ),
      }),
      fc.record({
        id: fc.constant('helper'),
        title: fc.constant('Helper'),
        appliesTo: fc.constant({ attribute: 'volunteer', eq: true }),
        stages: fc.tuple(
          fc.record({ id: fc.constant('idle'), title: fc.constant('Idle') }),
          stage('helping', several(rises)),
          stage(
            'both',
            fc.constant({
              all: [
                { journey: 'member', in: ['core'] },
                { score: 'helping', gte: 5 },
              ],
            }),
          ),
        ),
      }),
    ),
  })
  .map((document) => Model.parse(withoutUnset(document)));
