import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EmailSendingEvent } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Inbox } from './inbox.ts';

/** Everything that SES can tell of a mail without touching it. */
export const reported: readonly EmailSendingEvent[] = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
  EmailSendingEvent.SUBSCRIPTION,
];

/**
 * To report these SES puts an image into each mail and rewrites its links: only into those of people who have agreed to be
 * followed like that.
 */
export const followed: readonly EmailSendingEvent[] = [EmailSendingEvent.OPEN, EmailSendingEvent.CLICK];

/** The way from SES to a queue. Reports hold addresses, so they are encrypted at rest and travel over TLS alone. */
export class MailReports extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { queue, failed }: Inbox) {
    super(scope, id);
    // A key of our own: the one that AWS keeps for topics is not for SES to use.
    const key = new Key(this, 'Key', {
      description: `${Stack.of(this).stackName}: reports of mails`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: failed }));
  }
}
