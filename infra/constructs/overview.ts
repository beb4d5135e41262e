import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { counted } from './counted.ts';
import type { DurableTable } from './durable-table.ts';
import type { FrontDoor } from './front-door.ts';
import { FIVE_MINUTES } from './on-call.ts';
import type { PolkuFunction } from './polku-function.ts';
import type { QueueWorker } from './queue-worker.ts';

export type OverviewProps = {
  readonly door: FrontDoor;
  readonly queues: readonly QueueWorker[];
  readonly functions: readonly PolkuFunction[];
  readonly members: DurableTable;
};

const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
  new GraphWidget({ title, left, right, width: 8, height: 6 });

/** One page, in the order in which the data goes. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { door, queues, functions, members }: OverviewProps) {
    super(scope, id);
    const name = ({ node }: Construct) => node.id;
    const max = { period: FIVE_MINUTES, statistic: 'Maximum' };

    new Dashboard(this, 'Page', {
      widgets: [
        [
          graph('Events at the front door', [
            counted(this, 'ingest', 'EventsAccepted'),
            counted(this, 'ingest', 'EventsRefused'),
          ]),
          graph(
            'Requests, and how long they take',
            [door.api.metricCount()],
            [door.api.metricLatency({ statistic: 'p95' })],
          ),
          graph('Errors at the front door', [door.api.metricClientError(), door.api.metricServerError()]),
        ],
        [
          graph('Commits, fast and slow', [
            counted(this, 'score', 'FastCommits'),
            counted(this, 'score', 'SlowCommits'),
          ]),
          graph('Quarantined events', [counted(this, 'score', 'Quarantined')]),
          graph('Members whom time moved', [counted(this, 'sweep', 'Ticks')]),
        ],
        [
          graph('Mails', [counted(this, 'deliver', 'MailsSent'), counted(this, 'deliver', 'MailsSkipped')]),
          graph('Mails refused, or nobody knows', [
            counted(this, 'deliver', 'MailsRefused'),
            counted(this, 'deliver', 'MailsUnknown'),
          ]),
          graph('Digests', [counted(this, 'digest', 'DigestsAsked')]),
        ],
        [
          graph(
            'Waiting since (s)',
            queues.map((worker) =>
              worker.inbox.queue.metricApproximateAgeOfOldestMessage({ ...max, label: name(worker) }),
            ),
          ),
          graph(
            'Given up',
            queues.map((worker) =>
              worker.inbox.failed.metricApproximateNumberOfMessagesVisible({ ...max, label: name(worker) }),
            ),
          ),
          graph(
            'Units of the members table',
            [members.table.metricConsumedWriteCapacityUnits()],
            [members.table.metricConsumedReadCapacityUnits()],
          ),
        ],
        [
          graph(
            'Failures of functions',
            functions.map((one) => one.lambda.metricErrors({ label: name(one) })),
          ),
          graph(
            'Duration of functions, p95',
            functions.map((one) => one.lambda.metricDuration({ statistic: 'p95', label: name(one) })),
          ),
          graph(
            'Held back',
            functions.map((one) => one.lambda.metricThrottles({ label: name(one) })),
          ),
        ],
      ],
    });
  }
}
