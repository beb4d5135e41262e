import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Binding } from './binding.ts';
import { FIVE_MINUTES, type OnCall } from './on-call.ts';

export type InboxProps = {
  /** What it carries: `Polku-activity`. */
  readonly carries: 'activity' | 'effects' | 'feedback';
  readonly errorImpact: string;
  readonly calls: OnCall;
  /** How long one batch may take its reader at most, its gathering included. */
  readonly visibility: Duration;
};

const encryptedAndPrivate = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** A queue whose messages are tried six times, then lie for two weeks where someone is told of them. */
export class Inbox extends Construct {
  readonly queue: Queue;
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { carries, errorImpact, calls, visibility }: InboxProps) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    // A name of our own, so that the dead-letter queue can say whose it is before the queue is there.
    const queueName = `${stackName}-${carries}`;
    const arn = Stack.of(this).formatArn({ service: 'sqs', resource: queueName });
    this.failed = new Queue(this, 'Failed', {
      ...encryptedAndPrivate,
      redriveAllowPolicy: {
        redrivePermission: RedrivePermission.BY_QUEUE,
        sourceQueues: [Queue.fromQueueArn(this, 'Itself', arn)],
      },
      // The clock of a message runs on from when it was first sent, so it must be longer here than in the queue.
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.queue = new Queue(this, 'Queue', {
      ...encryptedAndPrivate,
      queueName,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: this.failed, maxReceiveCount: 6 },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    calls.calledWhen(this, 'GivenUp', {
      metric: this.failed.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: 0,
      says: `${stackName}: messages were given up. ${errorImpact}`,
    });
    calls.calledWhen(this, 'Behind', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: Duration.minutes(15).toSeconds(),
      says: `${stackName}: a message has been waiting for more than 15 minutes. ${errorImpact}`,
    });
  }

  /** The address of the queue, for one that sends to it. */
  sender(): Binding {
    const send = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] });
    return { value: this.queue.queueUrl, allows: [send] };
  }
}
