import { describe, expect, it } from 'vitest';
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

describe('what SES reports', () => {
  const Destination = z.object({
    ConfigurationSetName: z.string(),
    EventDestination: z.object({
      Enabled: z.boolean(),
      MatchingEventTypes: z.array(z.string()),
      SnsDestination: z.object({ TopicARN: z.string() }),
    }),
  });
  const Statement = z.object({
    Effect: z.string(),
    Action: z.union([z.string(), z.array(z.string())]),
    Principal: z.unknown(),
    Condition: z.unknown().optional(),
  });
  const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) });
  const [destination] = resources('AWS::SES::ConfigurationSetEventDestination', Destination);
  const topic = destination?.of.EventDestination.SnsDestination.TopicARN ?? '';
  const policy = resources('AWS::SNS::TopicPolicy', Policy.extend({ Topics: z.array(z.string()) })).find(({ of }) =>
    of.Topics.includes(topic),
  );

  it('is all of it, but for opens and clicks: to see those, SES would change the mails', () => {
    expect(destination?.of.ConfigurationSetName).toBe(configuration?.id);
    expect(destination?.of.EventDestination.Enabled).toBe(true);
    expect(destination?.of.EventDestination.MatchingEventTypes.toSorted()).toEqual([
      ...['bounce', 'complaint', 'delivery', 'deliveryDelay', 'reject', 'renderingFailure', 'send', 'subscription'],
    ]);
  });

  it('lies encrypted with a key that SES may use, and that changes', () => {
    const [one] = resources('AWS::SNS::Topic', z.object({ KmsMasterKeyId: z.string().optional() })).filter(
      ({ id }) => id === topic,
    );
    const [key] = resources(
      'AWS::KMS::Key',
      z.object({
        EnableKeyRotation: z.boolean(),
        KeyPolicy: z.object({ Statement: z.array(Statement) }),
      }),
    );
    expect(one?.of.KmsMasterKeyId).toBe(`${key?.id}.Arn`);
    expect(key?.of.EnableKeyRotation).toBe(true);
    expect(key?.of.KeyPolicy.Statement).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'ses.amazonaws.com' },
        Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
      }),
    );
  });

  it('comes over TLS, and from this account’s SES alone', () => {
    const statements = policy?.of.PolicyDocument.Statement ?? [];
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'ses.amazonaws.com' },
        Condition: { StringEquals: expect.objectContaining({ 'AWS:SourceAccount': 'AWS::AccountId' }) },
      }),
    ]);
  });

  it('goes to the queue of feedback as it is; what cannot be handed on is kept', () => {
    const subscriptions = resources(
      'AWS::SNS::Subscription',
      z.object({
        TopicArn: z.string(),
        Protocol: z.string(),
        Endpoint: z.string(),
        RawMessageDelivery: z.boolean().optional(),
        RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional(),
      }),
    ).filter(({ of }) => of.TopicArn === topic);
    const [queue] = resources('AWS::SQS::Queue', z.object({ QueueName: z.string().optional() })).filter(({ of }) =>
      of.QueueName?.endsWith('-feedback'),
    );
    expect(subscriptions.map(({ of }) => of)).toEqual([
      {
        TopicArn: topic,
        Protocol: 'sqs',
        Endpoint: `${queue?.id}.Arn`,
        RawMessageDelivery: true,
        RedrivePolicy: { deadLetterTargetArn: expect.stringContaining('Failed') },
      },
    ]);
  });
});
