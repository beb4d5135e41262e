import { describe, expect, it } from 'vitest';
import { settingsFrom } from '../../infra/settings.ts';
import { context } from '../support/template.ts';

const { polku } = context;

describe('the settings of an organisation', () => {
  it('are those of cdk.json, in Stockholm unless it says otherwise', () =>
    expect(settingsFrom(polku)).toEqual({
      ...polku,
      mail: { ...polku.mail, perSecond: 14, perDay: 50_000 },
      region: 'eu-north-1',
      stack: 'Polku',
      reserveConcurrency: true,
    }));

  it.each([
    ['organisation.timeZone', { ...polku, organisation: { ...polku.organisation, timeZone: 'Oslo' } }],
    ['organisation.timeZone', { ...polku, organisation: { ...polku.organisation, timeZone: '+02:00' } }],
    ['organisation.language', { ...polku, organisation: { ...polku.organisation, language: 'Norwegian' } }],
    ['mail.sender', { ...polku, mail: { sender: 'hello@elsewhere.example', domain: 'example.org' } }],
    ['mail.domain', { ...polku, mail: { sender: 'hello@example.org', domain: 'localhost' } }],
    ['staffLogin.issuer', { ...polku, staffLogin: { ...polku.staffLogin, issuer: 'http://login.example.org' } }],
    ['staffLogin.audience', { ...polku, staffLogin: { ...polku.staffLogin, audience: [] } }],
    ['alarms', { ...polku, alarms: undefined }],
    ['region', { ...polku, region: 'Stockholm' }],
    ['stack', { ...polku, stack: '2nd union' }],
    ['Unrecognized key: "colour"', { ...polku, colour: 'red' }],
  ])('are refused with the fault named: %s', (fault, settings) => expect(() => settingsFrom(settings)).toThrow(fault));

  it('may lie in a file of their own, one for each organisation', () =>
    expect(() => settingsFrom('clients/north.json')).toThrow('cannot read clients/north.json'));

  it('must be there', () => expect(() => settingsFrom(undefined)).toThrow('cdk.json has no context "polku"'));
});
