import { describe, expect, it } from 'vitest';
import { type Change, modelDiff } from '../../shared/model/diff/model-diff.ts';
import { Model } from '../../shared/scoring/model.ts';
import { document } from '../support/given.ts';

const model = (parts: object = {}) => Model.parse({ ...document, ...parts });
const lines = (changes: readonly Change[]): readonly string[] =>
  changes.flatMap(({ part, kind, id, details }) => [
    `${part} ${kind} ${id ?? ''}`.trim(),
    ...details.map(({ what, before = '', after = '' }) => `  ${what}: ${before} → ${after}`),
  ]);
const became = (parts: object, before: object = {}) => lines(modelDiff(model(before), model(parts)));
const [attended, visited, advice, ...others] = document.rules;
const [lead, member] = document.journeys;

describe('what differs between two models', () => {
  it('is nothing between a model and itself, however it is written down', () => {
    expect(became({})).toEqual([]);
    expect(became({ rules: document.rules.toReversed(), staleAfter: '3 days' })).toEqual([]);
  });

  it('is told of the model itself', () =>
    expect(became({ title: 'The club', staleAfter: '1 day' })).toEqual([
      'model changed',
      '  title: A club → The club',
      '  stale after: 3 days → 1 day',
    ]));

  it('is told of points, caps and conditions of a rule', () =>
    expect(
      became({
        rules: [
          { ...attended, points: 8, cap: { times: 1, points: 30, per: 'calendar year' } },
          { ...visited, cap: [{ oncePer: 'page' }, { times: 2, per: '7 days' }] },
          {
            ...advice,
            where: { any: [{ field: 'value', gte: 100, lt: 200 }, { not: { field: 'benefit', in: ['a', 'b'] } }] },
          },
          ...others,
        ],
      }),
    ).toEqual([
      'rules changed attended',
      '  points: 20 → 8',
      '  cap:  → once, 30 points per calendar year',
      'rules changed visited',
      '  cap: 3 times per 7 days → each page once ever; 2 times per 7 days',
      'rules changed legal-advice',
      '  where: field benefit is legal-advice → (field value at least 100 less than 200 or not field benefit is one of a, b)',
    ]));

  it('is told of grades, bound by bound', () => {
    const [letter, number] = [
      { score: 'engagement', from: [30, 10] },
      { score: 'engagement', from: [40] },
    ];
    const grades = [{ id: 'overall', title: 'Overall', letter, number }];
    expect(became({ grades })).toEqual([
      'grades added overall',
      '  letter:  → score engagement, from 30, 10',
      '  number:  → score engagement, from 40',
    ]);
    expect(became({ grades: [{ ...grades[0], letter: { ...letter, from: [35, 10] } }] }, { grades })).toEqual([
      'grades changed overall',
      '  letter: score engagement, from 30, 10 → score engagement, from 35, 10',
    ]);
    expect(became({}, { grades })).toEqual(['grades removed overall']);
  });

  it('is told of what is new and what is gone', () =>
    expect(
      became({
        rules: [
          visited,
          advice,
          ...others,
          {
            id: 'shift',
            title: 'Shift',
            on: 'shift.done',
            score: 'engagement',
            points: { field: 'hours', times: 2, atMost: 20 },
          },
        ],
      }),
    ).toEqual([
      'rules added shift',
      '  listens to:  → shift.done',
      '  score:  → engagement',
      '  points:  → hours × 2, at most 20',
      'rules removed attended',
    ]));

  it('is told of a score’s half-life and bounds', () =>
    expect(became({ scores: [{ ...document.scores[0], halfLife: '60 days', ceiling: 100 }] })).toEqual([
      'scores changed engagement',
      '  half-life: 30 days → 60 days',
      '  ceiling:  → 100',
    ]));

  it('is told stage by stage, with their order', () => {
    const [quiet, active, risk] = member?.stages ?? [];
    const stages = [
      quiet,
      risk,
      { ...active, enter: { score: 'engagement', gte: 30 }, alert: true },
      { id: 'star', title: 'Star', enter: { count: 'event.attended', within: '90 days', gte: 3 } },
    ];
    expect(became({ journeys: [lead, { ...member, stages }] })).toEqual([
      'journeys changed member',
      '  stage active entry: score engagement at least 25 → score engagement at least 30',
      '  stage active alert: no → yes',
      '  stage star:  → Star',
      '  stage star entry:  → count event.attended within 90 days at least 3',
      '  order of the stages: quiet, active, at-risk → quiet, at-risk, active',
    ]);
  });

  it('is told of dates and tags in words', () => {
    const [rule] = document.rules;
    const where = { any: [{ attribute: 'renewalDate', withinNext: '30 days' }, { tag: ['board', 'choir'] }] };
    expect(became({ rules: [{ ...rule, where }, ...document.rules.slice(1)] })).toEqual([
      'rules changed attended',
      '  where:  → (attribute renewalDate is within the next 30 days or tag board, choir)',
    ]);
  });

  it('is told language by language; a long text is not repeated', () => {
    const [message] = document.messages;
    const en = { subject: 'Hello', preheader: 'From us', body: 'word '.repeat(40) };
    expect(
      became(
        { messages: [{ ...message, title: { en: 'Hi', fi: 'Hei' }, templates: { en } }] },
        {
          messages: [{ ...message, title: { en: 'Hello' } }],
        },
      ),
    ).toEqual([
      'messages changed hello',
      '  title en: Hello → Hi',
      '  title fi:  → Hei',
      '  templates en body: <mj-text>Hello</mj-text> → …',
    ]);
  });
});
