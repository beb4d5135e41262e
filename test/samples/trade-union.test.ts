import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { templateFaults } from '../../shared/mailing/template-faults.ts';
import { Model } from '../../shared/scoring/model.ts';
import { Staff } from '../../shared/scoring/staff.ts';

const sample = (file: string): unknown =>
  parse(readFileSync(new URL(`../../samples/trade-union/${file}`, import.meta.url), 'utf8'));

const model = Model.parse(sample('model.yaml'));
const staff = Staff.parse(sample('staff.yaml'));
const languages = ['en', 'fi', 'nb', 'sv'];

describe('the trade union of the sample', () => {
  it.each(model.messages)('says $id in every language of the organisation', ({ title, templates }) => {
    expect(Object.keys(templates).sort()).toEqual(languages);
    expect(Object.keys(title).sort()).toEqual(languages);
  });

  it.each(model.messages)('has nothing in the letter $id that could not be sent', ({ templates }) => {
    for (const template of Object.values(templates)) expect(templateFaults(template)).toEqual([]);
  });

  it.each(
    [...model.scores, ...model.rules, ...model.journeys, ...model.journeys.flatMap(({ stages }) => stages)].map(
      ({ id, title }) => ({ id, title }),
    ),
  )('names $id in every language of the organisation', ({ title }) => {
    expect(Object.keys(title).sort()).toEqual(languages);
  });

  it('sends every message that it holds from some stage', () => {
    const sent = model.journeys.flatMap(({ stages }) => stages.flatMap(({ message }) => message ?? []));
    expect(sent.sort()).toEqual(model.messages.map(({ id }) => id).sort());
  });

  it('says what to do next wherever somebody is to act, in every language', () => {
    const toAct = model.journeys.flatMap(({ stages }) => stages.filter(({ alert, atRisk }) => alert || atRisk));
    expect(toAct.map(({ id }) => id)).toEqual(['ready', 'at-risk']);
    for (const { nextStep } of toAct) expect(Object.keys(nextStep ?? {}).sort()).toEqual(languages);
  });

  it('has an owner for each language, all with made-up addresses', () => {
    expect(staff.owners.map(({ language }) => language).sort()).toEqual(languages);
    for (const { email } of staff.owners) expect(email).toMatch(/@example\.org$/);
  });
});
