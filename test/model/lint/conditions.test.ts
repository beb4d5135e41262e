import { describe, expect, it } from 'vitest';
import { beyondReach } from '../../../shared/model/lint/beyond-reach.ts';
import { contradictions } from '../../../shared/model/lint/contradictions.ts';
import { pastSequences } from '../../../shared/model/lint/past-sequences.ts';
import { found, journey, rule, said } from '../found.ts';

describe('a condition that can never hold', () => {
  const where = (condition: object) => found(contradictions, rule({ where: condition }));
  const enter = (condition: object) => found(contradictions, journey({}, { enter: condition }));
  const warning = ['/rules/0/where warning'];

  it.each([
    [
      'two values at once',
      [
        { field: 'role', eq: 'speaker' },
        { field: 'role', eq: 'guest' },
      ],
    ],
    ['a value that is excluded', [{ field: 'role', in: ['a', 'b'] }, { not: { field: 'role', in: ['b', 'a', 'c'] } }]],
    [
      'more than 3 and less than 2',
      [
        { field: 'rating', gt: 3 },
        { field: 'rating', lt: 2 },
      ],
    ],
    [
      'a number that is missing',
      [
        { field: 'rating', gt: 3 },
        { field: 'rating', exists: false },
      ],
    ],
  ])('asks for %s', (_, all) => expect(where({ all })).toEqual(warning));

  it('may be a part of another: then the part is named', () =>
    expect(
      where({
        any: [
          { field: 'role', eq: 'guest' },
          { field: 'rating', gt: 3, lt: 2 },
        ],
      }),
    ).toEqual(['/rules/0/where/any/1 warning']));

  it('is found in times and counts', () => {
    const at = ['/journeys/0/stages/1/enter warning'];
    expect(enter({ since: 'joining', gte: '2 weeks', lt: '14 days' })).toEqual(at);
    expect(
      enter({
        all: [
          { count: 'event.attended', gte: 3 },
          { count: 'event.attended', lt: 3 },
        ],
      }),
    ).toEqual(at);
  });

  it('is found in dates and tags', () => {
    const at = ['/journeys/0/stages/1/enter warning'];
    expect(enter({ attribute: 'renewal', withinNext: '4 weeks', beyondNext: '28 days' })).toEqual(at);
    expect(enter({ attribute: 'renewal', withinLast: '1 year', olderThan: '12 months' })).toEqual(at);
    expect(enter({ all: [{ tag: 'Board' }, { not: { tag: ['board', 'choir'] } }] })).toEqual(at);
  });

  it('is not one about dates that the calendar may make true', () => {
    expect(enter({ attribute: 'renewal', withinNext: '1 month', beyondNext: '30 days' })).toEqual([]);
    expect(enter({ attribute: 'renewal', withinNext: '1 day', withinLast: '1 day' })).toEqual([]);
    expect(enter({ all: [{ tag: 'board' }, { not: { tag: 'choir' } }] })).toEqual([]);
  });

  it.each([
    [
      'between two bounds',
      {
        all: [
          { field: 'rating', gt: 1 },
          { field: 'rating', lt: 2 },
        ],
      },
    ],
    [
      'two fields',
      {
        all: [
          { field: 'role', eq: 'a' },
          { field: 'event', eq: 'b' },
        ],
      },
    ],
    [
      'a list that has both',
      {
        all: [
          { field: 'tags', in: ['a'] },
          { field: 'tags', in: ['b'] },
        ],
      },
    ],
    [
      'texts that one text may have',
      {
        all: [
          { field: 'role', contains: 'a' },
          { field: 'role', startsWith: 'b' },
        ],
      },
    ],
    ['not this one', { field: 'role', ne: 'speaker' }],
  ])('is not one that asks for %s', (_, condition) => expect(where(condition)).toEqual([]));

  it('is not one about different times', () =>
    expect(
      enter({
        all: [
          { count: 'event.attended', within: '30 days', eq: 0 },
          { count: 'event.attended', within: '90 days', gte: 3 },
          { last: 'site.visited', lt: '3 days' },
          { since: 'activity', gte: '1 day' },
        ],
      }),
    ).toEqual([]));
});

describe('a sequence that a rule asks for', () => {
  const where = (...sequence: string[]) => rule({ where: { sequence, within: '9 days' } });

  it('does not end with the event of the rule, which is not in the past yet', () => {
    expect(found(pastSequences, where('site.visited', 'event.attended'))).toEqual(['/rules/0/where info']);
    expect(said(pastSequences, where('site.visited', 'event.attended'))).toContain('write `after`');
    expect(found(pastSequences, where('event.attended', 'site.visited'))).toEqual([]);
  });
});

describe('a threshold beyond what a score can reach', () => {
  const halfLife = (time?: string) => ({
    scores: [{ id: 'engagement', title: 'Engagement', ...(time ? { halfLife: time } : {}) }],
  });
  const asks = (condition: object, ...parts: object[]) =>
    found(beyondReach, Object.assign({}, journey({}, { enter: { score: 'engagement', ...condition } }), ...parts));
  const warning = ['/journeys/0/stages/1/enter warning'];

  it('is one above all that the caps ever let through', () => {
    const capped = [halfLife(), rule({ points: 10, cap: { times: 3 } })];
    expect(asks({ gte: 31 }, ...capped)).toEqual(warning);
    expect(asks({ gte: 30 }, ...capped)).toEqual([]);
    expect(asks({ gt: 30 }, ...capped)).toEqual(warning);
  });

  it('is one above where a full cap in every period leads: 10(1 + ½ + ¼ + …) = 20', () => {
    const fading = [halfLife('30 days'), rule({ points: 10, cap: { times: 1, per: '30 days' } })];
    expect(asks({ gte: 20.1 }, ...fading)).toEqual(warning);
    expect(asks({ gte: 19.9 }, ...fading)).toEqual([]);
    expect(
      said(beyondReach, Object.assign({}, journey({}, { enter: { score: 'engagement', gte: 99 } }), ...fading)),
    ).toBe('"engagement" cannot get there: points, caps and half-life leave it between 0 and 20');
  });

  it('leaves room for two full months at the turn of a month', () => {
    const monthly = [halfLife('28 days'), rule({ points: 10, cap: { times: 1, per: 'calendar month' } })];
    expect(asks({ gte: 29.9 }, ...monthly)).toEqual([]);
    expect(asks({ gte: 30.1 }, ...monthly)).toEqual(warning);
  });

  it('is one below what anything takes away', () => {
    expect(asks({ lt: 0 }, rule({ points: 20 }))).toEqual(warning);
    expect(asks({ lt: -15 }, rule({ points: -15, cap: { times: 1 } }))).toEqual(warning);
    expect(asks({ lte: -15 }, rule({ points: -15, cap: { times: 1 } }))).toEqual([]);
  });

  it('is one above the ceiling or below the floor', () => {
    const bounded = { scores: [{ id: 'engagement', title: 'Engagement', floor: -5, ceiling: 100 }] };
    expect(asks({ gt: 100 }, bounded)).toEqual(warning);
    expect(asks({ lt: -5 }, bounded, rule({ points: -20 }))).toEqual(warning);
  });

  it('is none where nothing bounds the points', () => {
    expect(asks({ gte: 10_000 }, rule({ points: 1 }))).toEqual([]);
    expect(asks({ gte: 10_000 }, halfLife(), rule({ points: 1, cap: { times: 1, per: '365 days' } }))).toEqual([]);
    expect(asks({ gte: 1000 }, rule({ points: 1, cap: { oncePer: 'event' } }), halfLife())).toEqual([]);
  });

  it('goes by the most that a number in the event may give, and by the points that a cap lets through', () => {
    const hours = { field: 'seconds', times: 2, atLeast: 0, atMost: 20 };
    expect(asks({ gt: 40 }, rule({ points: hours, cap: { times: 2 } }))).toEqual(warning);
    expect(asks({ gt: 30 }, rule({ points: hours, cap: { points: 30 } }))).toEqual(warning);
    expect(asks({ gte: 30 }, rule({ points: hours, cap: [{ points: 30 }, { times: 9 }] }))).toEqual([]);
  });

  it('is one above what a cap shared by rules lets through', () => {
    const ofWeb = (id: string, points: number) => rule({ id, points, capGroup: 'web', cap: { times: 9 } }).rules;
    const capGroups = [{ id: 'web', title: 'Web', cap: { times: 3 } }];
    const shared = { rules: [...ofWeb('one', 10), ...ofWeb('two', 4)], capGroups };
    expect(asks({ gte: 31 }, halfLife(), shared)).toEqual(warning);
    expect(asks({ gte: 30 }, halfLife(), shared)).toEqual([]);
  });
});
