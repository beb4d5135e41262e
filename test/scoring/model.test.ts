import { describe, expect, it } from 'vitest';
import { Model } from '../../shared/scoring/model.ts';
import { document } from '../support/given.ts';

const faults = (model: unknown): Record<string, string> => {
  const read = Model.safeParse(model);
  return read.success
    ? {}
    : Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join('.'), message]));
};
const [lead, member] = document.journeys;
const withMember = (stages: object[]) => ({ ...document, journeys: [lead, { ...member, stages }] });

describe('a scoring model', () => {
  it('that is whole has no faults', () => expect(faults(document)).toEqual({}));

  it.each([
    ['a rule for no score', { rules: [{ ...document.rules[0], score: 'fame' }] }, 'rules.0.score'],
    ['a type that is no noun.verbed', { rules: [{ ...document.rules[0], on: 'Attended' }] }, 'rules.0.on'],
    ['points that are no number', { rules: [{ ...document.rules[0], points: 'many' }] }, 'rules.0.points'],
    ['a misspelt key', { rules: [{ ...document.rules[0], point: 3 }] }, 'rules.0'],
    [
      'a condition that tests nothing',
      { rules: [{ ...document.rules[0], where: { all: [{ field: 'a', eq: 1 }, { field: 'b' }] } }] },
      'rules.0.where.all.1',
    ],
    [
      'an unknown operator deep inside',
      { rules: [{ ...document.rules[0], where: { not: { any: [{ field: 'a', matches: '.*' }] } } }] },
      'rules.0.where.not.any.0',
    ],
    ['a duration in no unit', { scores: [{ id: 'engagement', title: 'E', halfLife: '30' }] }, 'scores.0.halfLife'],
    ['a half-life of nothing', { scores: [{ id: 'engagement', title: 'E', halfLife: '0 days' }] }, 'scores.0.halfLife'],
    ['the same rule twice', { rules: [document.rules[0], document.rules[0]] }, 'rules.1.id'],
    ['no journey at all', { journeys: [] }, 'journeys'],
    ['a name that every object has by nature', { rules: [{ ...document.rules[0], id: 'constructor' }] }, 'rules.0.id'],
  ])('is refused for %s, by its path', (_, part, path) =>
    expect(Object.keys(faults({ ...document, ...part }))).toEqual([path]),
  );

  it.each([
    ['nobody can enter', { id: 'b', title: 'B' }, 'enter'],
    [
      'sends a message that is not there',
      { id: 'b', title: 'B', enter: { since: 'joining', gte: '9 days' }, message: 'x' },
      'message',
    ],
    [
      'asks for a score that is not there',
      { id: 'b', title: 'B', enter: { all: [{ score: 'x', gt: 1 }] } },
      'enter.all.0.score',
    ],
    ['asks for nothing known', { id: 'b', title: 'B', enter: { shoe: 42 } }, 'enter'],
  ])('is refused for a stage that %s', (_, stage, path) =>
    expect(Object.keys(faults(withMember([{ id: 'a', title: 'A' }, stage])))).toEqual([`journeys.1.stages.1.${path}`]),
  );

  it.each([
    [
      'a condition on a list',
      { rules: [{ ...document.rules[0], where: { field: 'a', eq: [1] } }] },
      'rules.0.where.eq',
    ],
    ['a tag of a number', { journeys: [{ ...lead, appliesTo: { tag: 7 } }, member] }, 'journeys.0.appliesTo.tag'],
    [
      'a cap per a period of another name',
      { rules: [{ ...document.rules[0], cap: { times: 1, per: 'fortnight' } }] },
      'rules.0.cap.0.per',
    ],
    ['a letterhead of a number', { letterhead: { header: 7 } }, 'letterhead.header'],
  ])('says what it may be instead, where there are several ways: %s', (_, part, path) => {
    const said = faults({ ...document, ...part });
    expect(Object.keys(said)).toEqual([path]);
    expect(said[path]).toMatch(/ or /);
  });

  it('names every fault, not the first alone', () =>
    expect(
      Object.keys(faults({ ...document, title: '', rules: [{ ...document.rules[0], points: 'many', score: 7 }] })),
    ).toEqual(expect.arrayContaining(['title', 'rules.0.points', 'rules.0.score'])));

  it('may not nest conditions without end', () => {
    let where: object = { field: 'a', eq: 1 };
    for (let i = 0; i < 5000; i++) where = { not: where };
    expect(Object.values(faults({ ...document, rules: [{ ...document.rules[0], where }] }))).toEqual([
      'nested more than 10 deep',
    ]);
  });
});
