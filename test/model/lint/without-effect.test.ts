import { describe, expect, it } from 'vitest';
import { withoutEffect } from '../../../shared/model/lint/without-effect.ts';
import { modelOf, sampleNames } from '../../support/sample.ts';
import { found, journey, rule, said } from '../found.ts';

describe('a part that changes nothing', () => {
  it('is a cap per no time', () => {
    expect(found(withoutEffect, rule({ cap: { times: 1, per: '0 days' } }))).toEqual(['/rules/0/cap/0/per warning']);
    const capGroups = [{ id: 'shared', title: 'Shared', cap: [{ times: 9 }, { points: 9, per: '0 hours' }] }];
    expect(found(withoutEffect, { capGroups })).toEqual(['/capGroups/0/cap/1/per warning']);
    expect(found(withoutEffect, rule({ cap: [{ times: 1, per: 'calendar day' }, { times: 2 }] }))).toEqual([]);
  });

  it('is a count of what happens within no time', () => {
    const asks = (within: string) => rule({ where: { not: { count: 'site.visited', within, gte: 1 } } });
    expect(found(withoutEffect, asks('0 days'))).toEqual(['/rules/0/where/not/within warning']);
    expect(found(withoutEffect, asks('1 day'))).toEqual([]);
  });

  it('is a number of the event whose bounds cross', () => {
    const points = (atLeast: number) => ({ field: 'hours', atLeast, atMost: 2 });
    expect(found(withoutEffect, rule({ points: points(5) }))).toEqual(['/rules/0/points/atLeast warning']);
    expect(said(withoutEffect, rule({ points: points(5) }))).toContain('gives 2');
    expect(found(withoutEffect, rule({ points: points(2) }))).toEqual([]);
  });

  it('is a condition to stay that asks for as much as the one to enter, or more', () => {
    const stays = (stay: object) =>
      found(withoutEffect, journey({}, { enter: { score: 'engagement', gte: 20 }, stay }));
    const at = ['/journeys/0/stages/1/stay warning'];
    expect(stays({ score: 'engagement', gte: 30 })).toEqual(at);
    expect(stays({ score: 'engagement', gte: 20 })).toEqual(at);
    expect(stays({ all: [{ score: 'engagement', gte: 20 }, { tag: 'board' }] })).toEqual(at);
    expect(stays({ score: 'engagement', gte: 19 })).toEqual([]);
    expect(stays({ any: [{ score: 'engagement', gte: 30 }, { tag: 'board' }] })).toEqual([]);
    expect(stays({ since: 'activity', lt: '30 days' })).toEqual([]);
  });

  it.each(sampleNames)('is in no sample: %s', (name) => expect(withoutEffect.look(modelOf(name))).toEqual([]));
});
