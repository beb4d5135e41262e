import { describe, expect, it } from 'vitest';
import { unheardEvents } from '../../../shared/model/lint/unheard-events.ts';
import { unknownFields } from '../../../shared/model/lint/unknown-fields.ts';
import { unsendableValues } from '../../../shared/model/lint/unsendable-values.ts';
import { unsentAttributes } from '../../../shared/model/lint/unsent-attributes.ts';
import { document } from '../../support/given.ts';
import { found, journey, rule } from '../found.ts';

describe('a type of event that Polku does not know', () => {
  it('may come from a system of one’s own', () =>
    expect(found(unheardEvents, rule({ on: 'shift.done' }))).toEqual(['/rules/0/on info']));

  it('is most likely a slip where it is nearly a known one', () =>
    expect(found(unheardEvents, rule({ on: 'event.atended' }))).toEqual(['/rules/0/on warning "event.attended"']));

  it('is looked for in conditions over history too, and said once', () => {
    const last = { last: 'shift.done', gte: '30 days' };
    expect(found(unheardEvents, journey({}, { enter: last }, { enter: { not: last } }))).toEqual([
      '/journeys/0/stages/1/enter/last info',
    ]);
  });
});

describe('what a sequence, a first time and what comes after name', () => {
  const speaker = { event: 'event.attended', where: { field: 'rolle', eq: 'speaker' } };
  const parts = {
    ...rule({ where: { any: [{ first: 'event.atended' }, { after: 'site.visitd', within: '9 days' }] } }),
    ...journey({}, { enter: { sequence: ['form.submited', speaker], within: '9 days' } }),
  };

  it('is looked at as well', () => {
    expect(found(unheardEvents, parts)).toEqual([
      '/rules/0/where/any/0/first warning "event.attended"',
      '/rules/0/where/any/1/after warning "site.visited"',
      '/journeys/0/stages/1/enter/sequence/0 warning "form.submitted"',
    ]);
    expect(found(unknownFields, parts)).toEqual(['/journeys/0/stages/1/enter/sequence/1/where/field warning "role"']);
  });
});

describe('a field that Polku does not know', () => {
  const where = (field: string, on = 'event.attended') => rule({ on, where: { not: { field, eq: 'speaker' } } });

  it('may be one that a system of one’s own sends along', () =>
    expect(found(unknownFields, where('room'))).toEqual(['/rules/0/where/not/field info']));

  it('is most likely a slip where it is nearly a known one', () =>
    expect(found(unknownFields, where('rolle'))).toEqual(['/rules/0/where/not/field warning "role"']));

  it('is nothing to speak of in a type that is open', () =>
    expect(found(unknownFields, where('rolle', 'shift.done'))).toEqual([]));

  it('is looked for in points, caps and history too', () => {
    const parts = {
      ...rule({ points: { field: 'evnt' }, cap: { oncePer: 'evnt' } }),
      ...journey({}, { enter: { count: 'event.attended', where: { field: 'evnt', eq: 'x' }, gte: 1 } }),
    };
    expect(found(unknownFields, parts)).toEqual([
      '/journeys/0/stages/1/enter/where/field warning "event"',
      '/rules/0/points/field warning "event"',
      '/rules/0/cap/0/oncePer warning "event"',
    ]);
  });
});

describe('a value that cannot come', () => {
  it('is one that the front door would refuse', () => {
    const purposes = { field: 'purpose', in: ['marketing', 'markting'] };
    expect(found(unsendableValues, rule({ on: 'consent.withdrawn', where: purposes }))).toEqual([
      '/rules/0/where/in/1 warning',
    ]);
  });

  it('is a status that there is not', () => {
    const [lead] = document.journeys;
    const journeys = [{ ...lead, appliesTo: { attribute: 'status', eq: 'leed' } }];
    expect(found(unsendableValues, { journeys })).toEqual(['/journeys/0/appliesTo/eq warning "lead"']);
  });

  it('is none of what the small model asks', () => expect(found(unsendableValues)).toEqual([]));
});

describe('an attribute that Polku does not know', () => {
  const asks = (...names: string[]) => journey({}, ...names.map((attribute) => ({ enter: { attribute, eq: 'x' } })));

  it('is told of once', () =>
    expect(found(unsentAttributes, asks('region', 'region', 'branch'))).toEqual([
      '/journeys/0/stages/1/enter/attribute info',
    ]));

  it('is most likely a slip where it is nearly a known one', () =>
    expect(found(unsentAttributes, asks('langauge'))).toEqual([
      '/journeys/0/stages/1/enter/attribute warning "language"',
    ]));
});
