import { expect, it } from 'vitest';
import * as z from 'zod';
import { context, resources } from '../support/template.ts';

const [configuration] = resources('AWS::SES::ConfigurationSet', z.unknown());
const [identity] = resources('AWS::SES::EmailIdentity', z.unknown());

it('sends over TLS or not at all, and never again to an address that bounced or complained', () =>
  expect(configuration?.of).toEqual({
    DeliveryOptions: { TlsPolicy: 'REQUIRE' },
    ReputationOptions: { ReputationMetricsEnabled: true },
    SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  }));

it('sends for the organisation’s domain, with this configuration unless told otherwise', () =>
  expect(identity?.of).toEqual({
    EmailIdentity: context.polku.mail.domain,
    ConfigurationSetAttributes: { ConfigurationSetName: configuration?.id },
  }));
