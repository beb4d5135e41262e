import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { settingsFrom } from '../../infra/settings.ts';
import { context, resources, stackOf } from '../support/template.ts';

const { polku } = context;
const TRACKING_DOMAIN = 'links.example.org';
const following = { ...polku, mail: { ...polku.mail, trackingDomain: TRACKING_DOMAIN } };
const template = Template.fromStack(stackOf(following));
const all = (type: string) => Object.entries(template.findResources(type));
const [plainSet, trackingSet] = all('AWS::SES::ConfigurationSet');

describe('an organisation that does not say so', () => {
  it('follows nobody: no set does, no function has one, and nobody is asked', () => {
    expect(settingsFrom(polku).mail.trackingDomain).toBeUndefined();
    expect(resources('AWS::SES::ConfigurationSet', z.unknown())).toHaveLength(1);
    const events = resources('AWS::SES::ConfigurationSetEventDestination', z.unknown());
    expect(JSON.stringify(events)).not.toMatch(/open|click/);
    const environments = JSON.stringify(resources('AWS::Lambda::Function', z.unknown()));
    expect(environments).toContain('"TRACKING_CONFIGURATION_SET":""');
    expect(environments).toContain('"TRACKING":"off"');
  });
});

describe('an organisation that follows whoever agrees', () => {
  it('has a second set, as careful as the first, under an address of its own and over TLS', () => {
    expect(all('AWS::SES::ConfigurationSet')).toHaveLength(2);
    expect(trackingSet?.[1].Properties).toEqual({
      ...plainSet?.[1].Properties,
      TrackingOptions: { CustomRedirectDomain: TRACKING_DOMAIN, HttpsPolicy: 'REQUIRE' },
    });
  });

  it('hears of opens and clicks of that set alone, and of all else as of the other', () => {
    const events = Object.fromEntries(
      all('AWS::SES::ConfigurationSetEventDestination').map(([, { Properties }]) => [
        Properties.ConfigurationSetName.Ref,
        Properties.EventDestination,
      ]),
    );
    const [plain, tracking] = [events[plainSet?.[0] ?? ''], events[trackingSet?.[0] ?? '']];
    expect(plain.MatchingEventTypes).not.toContain('open');
    expect(tracking.MatchingEventTypes.toSorted()).toEqual([...plain.MatchingEventTypes, 'click', 'open'].toSorted());
    expect(tracking.SnsDestination).toEqual(plain.SnsDestination);
  });

  it('lets deliver alone send with it, from the organisation’s address', () => {
    const sending = all('AWS::IAM::Policy').flatMap(([id, { Properties }]) =>
      Properties.PolicyDocument.Statement.filter(
        ({ Action }: { Action: unknown }) => Action === 'ses:SendRawEmail',
      ).map((statement: { Resource: unknown; Condition: unknown }) => ({ id, ...statement })),
    );
    expect(new Set(sending.map(({ id }) => id)).size).toBe(1);
    expect(JSON.stringify(sending.map(({ Resource }) => Resource))).toContain(`"Ref":"${trackingSet?.[0]}"`);
    for (const { Condition } of sending) {
      expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': polku.mail.sender } });
    }
  });

  it('is warned by the worse of the two sets', () => {
    const alarms = JSON.stringify(
      all('AWS::CloudWatch::Alarm').filter(([, it]) => /bounce|spam/.test(it.Properties.AlarmDescription)),
    );
    expect(alarms).toContain('MAX([plain, followed])');
    expect(alarms).toContain('Reputation.BounceRate');
    expect(alarms).toContain('Reputation.ComplaintRate');
  });

  it('names a domain of its own', () =>
    expect(() => settingsFrom({ ...polku, mail: { ...polku.mail, trackingDomain: 'localhost' } })).toThrow(
      'mail.trackingDomain',
    ));
});
