import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { Inbox, type InboxProps } from './inbox.ts';
import { type FunctionProps, PolkuFunction } from './polku-function.ts';
import { sizes } from './sizes.ts';

export type QueueWorkerProps<Name extends keyof Functions> = FunctionProps<Name> & {
  readonly takes: InboxProps['carries'];
  readonly batch: { readonly size: number; readonly window: Duration };
  /** How many batches at once, so that what lies behind is not overrun. */
  readonly atOnce: number;
};

/** A queue and the function that works it off, batch by batch; a message that fails comes back alone. */
export class QueueWorker<Name extends keyof Functions = keyof Functions> extends PolkuFunction<Name> {
  readonly inbox: Inbox;

  constructor(scope: Construct, id: string, props: QueueWorkerProps<Name>) {
    super(scope, id, props);
    const { runs, takes, batch, atOnce, errorImpact, calls } = props;
    this.inbox = new Inbox(this, 'Inbox', {
      carries: takes,
      errorImpact,
      calls,
      // What AWS asks for, so that a batch is not handed out again while it is worked on or its retries are throttled.
      visibility: Duration.seconds(6 * sizes[runs].timeout + batch.window.toSeconds()),
    });
    this.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.inbox.queue.queueArn],
      }),
    );
    new EventSourceMapping(this, 'Takes', {
      target: this.lambda,
      eventSourceArn: this.inbox.queue.queueArn,
      batchSize: batch.size,
      maxBatchingWindow: batch.window,
      maxConcurrency: atOnce,
      // Without it the list of failures is ignored, and what failed is lost.
      reportBatchItemFailures: true,
    });
  }
}
