import { describe, expect, it } from 'vitest';
import { idleParts } from '../../../shared/model/lint/idle-parts.ts';
import { missingLanguages } from '../../../shared/model/lint/missing-languages.ts';
import { overlappingStages } from '../../../shared/model/lint/overlapping-stages.ts';
import { saidAgain } from '../../../shared/model/lint/said-again.ts';
import { silentStages } from '../../../shared/model/lint/silent-stages.ts';
import { stagesWithoutExit } from '../../../shared/model/lint/stages-without-exit.ts';
import { unreachableStages } from '../../../shared/model/lint/unreachable-stages.ts';
import { document } from '../../support/given.ts';
import { found, journey, said } from '../found.ts';

const engaged = (gte: number) => ({ score: 'engagement', gte });

describe('a stage that nobody enters', () => {
  const stages = (...list: object[]) => found(unreachableStages, journey(...list));

  it('is one whose condition a later one covers', () => {
    const parts = journey({}, { enter: engaged(30) }, { enter: engaged(20) });
    expect(found(unreachableStages, parts)).toEqual(['/journeys/0/stages/1/enter warning']);
    expect(said(unreachableStages, parts)).toBe(
      'nobody ever enters "s1": whoever could, stands in "s2", which goes before it',
    );
  });

  it('is one that later ones cover together', () => {
    const parts = journey(
      {},
      { enter: engaged(30) },
      { enter: { score: 'engagement', lt: 40 } },
      { enter: engaged(40) },
    );
    expect(found(unreachableStages, parts)).toEqual([
      '/journeys/0/stages/0 warning',
      '/journeys/0/stages/1/enter warning',
    ]);
    expect(said(unreachableStages, parts)).toContain('stands in one of "s1", "s2", "s3", which go before it');
  });

  it('is not one that a higher priority puts first', () => {
    expect(stages({}, { enter: engaged(30), priority: 1 }, { enter: engaged(20) })).toEqual([]);
    expect(stages({}, { enter: engaged(20), priority: 1 }, { enter: engaged(30) })).toEqual([
      '/journeys/0/stages/2/enter warning',
    ]);
  });

  it('is not one that is free while others may not come back yet', () =>
    expect(stages({}, { enter: engaged(30) }, { enter: engaged(20), coolDown: '30 days' })).toEqual([]));

  it('is one that asks for others than those to whom the journey applies', () =>
    expect(stages({}, { enter: { attribute: 'status', eq: 'lead' } })).toEqual(['/journeys/0/stages/1/enter warning']));

  it('lies behind one that nobody enters, on an ordered path', () => {
    const ordered = (...list: object[]) => {
      const [path] = journey(...list).journeys;
      return found(unreachableStages, { journeys: [{ ...path, ordered: true }] });
    };
    const closed = { enter: { attribute: 'status', eq: 'lead' } };
    expect(ordered({}, closed, { enter: engaged(20) })).toEqual([
      '/journeys/0/stages/1/enter warning',
      '/journeys/0/stages/2/enter warning',
    ]);
    expect(ordered({}, { enter: engaged(30) }, { enter: engaged(20) })).toEqual([]);
  });

  it('is none in the small model', () => expect(found(unreachableStages)).toEqual([]));
});

describe('stages that overlap', () => {
  const silent = (gte: string) => ({ since: 'activity', gte });
  const overlapping = (...list: object[]) => found(overlappingStages, journey(...list));

  it('are those that some fit both of, and some only one', () => {
    const parts = journey({}, { enter: engaged(20) }, { enter: engaged(40) }, { enter: silent('90 days') });
    expect(found(overlappingStages, parts)).toEqual(['/journeys/0/stages info']);
    expect(said(overlappingStages, parts)).toContain('"s3" over "s1", "s2".');
  });

  it('are none where one asks for more of the same', () =>
    expect(overlapping({}, { enter: engaged(20) }, { enter: engaged(40) })).toEqual([]));

  it('are none where nobody fits both', () =>
    expect(overlapping({}, { enter: silent('9 days') }, { enter: { since: 'activity', lt: '9 days' } })).toEqual([]));

  it('are meant where a priority says which goes first, or people go through them in turn', () => {
    expect(overlapping({}, { enter: engaged(20) }, { enter: silent('90 days'), priority: 1 })).toEqual([]);
    const [path] = journey({}, { enter: engaged(20) }, { enter: silent('90 days') }).journeys;
    expect(found(overlappingStages, { journeys: [{ ...path, ordered: true }] })).toEqual([]);
  });
});

describe('a stage that nobody leaves', () => {
  const stages = (...list: object[]) => found(stagesWithoutExit, journey(...list));
  const lasting = {
    scores: [{ id: 'engagement', title: 'Engagement' }],
    rules: document.rules.filter(({ points }) => points > 0),
  };

  it('is a last one that takes everybody', () =>
    expect(stages({}, { enter: { any: [engaged(10), { not: engaged(20) }] } })).toEqual([
      '/journeys/0/stages/1 warning',
    ]));

  it('may be the end of a path, where time since joining or a sum that only grows decides', () => {
    expect(stages({}, { enter: { since: 'joining', gte: '90 days' } })).toEqual(['/journeys/0/stages/1 info']);
    expect(stages({}, { enter: { count: 'event.attended', gte: 3 } })).toEqual(['/journeys/0/stages/1 info']);
    const sequence = { sequence: ['site.visited', 'form.submitted'], within: '9 days' };
    expect(stages({}, { enter: sequence })).toEqual(['/journeys/0/stages/1 info']);
    expect(stages({}, { enter: { ...sequence, lt: '90 days' } })).toEqual([]);
    expect(found(stagesWithoutExit, { ...journey({}, { enter: engaged(50) }), ...lasting })).toEqual([
      '/journeys/0/stages/1 info',
    ]);
  });

  it.each([
    ['points fade', [{}, { enter: engaged(10) }]],
    ['another goes before it', [{}, { enter: { since: 'joining', gte: '90 days' } }, { enter: engaged(10) }]],
    ['attributes change', [{}, { enter: { attribute: 'branch', eq: 'care' } }]],
    ['a window of time moves on', [{}, { enter: { count: 'event.attended', within: '30 days', gte: 3 } }]],
    ['it is the only one', [{}]],
  ])('is none where %s', (_, list) => expect(stages(...list)).toEqual([]));
});

describe('a stage without a message', () => {
  const at = (n: number) => `/journeys/0/stages/${n} info`;

  it('says that this is meant, or is asked about', () => {
    const parts = journey(
      { silent: true },
      { enter: engaged(1) },
      { enter: engaged(2), alert: true },
      { enter: engaged(3), message: 'hello' },
    );
    expect(found(silentStages, parts)).toEqual([at(1), at(2)]);
  });

  it('is told whether staff hears at least', () => {
    expect(said(silentStages, journey({}))).toContain('neither they nor staff');
    expect(said(silentStages, journey({ atRisk: true }))).toContain('only staff hears of it');
  });
});

describe('a message that is said again', () => {
  it('is that of a first stage into which people fall back', () => {
    expect(found(saidAgain, journey({ message: 'hello' }, { enter: engaged(1) }))).toEqual([
      '/journeys/0/stages/0/message info',
    ]);
    expect(found(saidAgain, journey({ message: 'hello', onlyForward: true }, { enter: engaged(1) }))).toEqual([]);
    expect(found(saidAgain, journey({ message: 'hello' }))).toEqual([]);
  });
});

describe('parts that do nothing', () => {
  it('are messages that no stage sends and scores that no rule feeds', () =>
    expect(found(idleParts, { ...journey({}), scores: [...document.scores, { id: 'other', title: 'Other' }] })).toEqual(
      ['/messages/0 warning', '/scores/1 warning'],
    ));

  it('are none in the small model', () => expect(found(idleParts)).toEqual([]));
});

describe('a group of caps', () => {
  const group = { capGroups: [{ id: 'web', title: 'Web', cap: { times: 3 } }] };

  it('is idle where no rule belongs to it', () => {
    expect(found(idleParts, group)).toEqual(['/capGroups/0 warning']);
    const rules = document.rules.map((rule) => ({ ...rule, capGroup: 'web' }));
    expect(found(idleParts, { ...group, rules })).toEqual([]);
  });
});

describe('a language that is missing', () => {
  it('is one that stands elsewhere in the model', () => {
    const parts = { title: { en: 'A club', fi: 'Kerho' }, scores: [{ ...document.scores[0], title: { fi: 'Into' } }] };
    expect(found(missingLanguages, parts)).toEqual(['/scores/0/title warning', '/messages/0/templates warning']);
    expect(said(missingLanguages, parts)).toBe('is missing in en, which the model has elsewhere');
  });

  it('is not missing where one text is for all', () => expect(found(missingLanguages)).toEqual([]));
});
