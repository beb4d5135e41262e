import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type Condition = {
  readonly metric: IMetric;
  /** What is the matter, and what it costs a person: the first thing that is read at night. */
  readonly says: string;
  /** For how many periods in a row; one if left out. */
  readonly periods?: number;
} & Limit;

/** The highest value at which all is well; or, as `from`, the lowest at which it is not. */
type Limit = { readonly above: number } | { readonly from: number };

/** Who is called when something breaks. Every alarm calls them, and once more when it is over. */
export class OnCall extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { email }: { readonly email: string }) {
    super(scope, id);
    this.#topic = new Topic(this, 'Alarms', { displayName: 'Polku', enforceSSL: true });
    this.#topic.addSubscription(new EmailSubscription(email));
  }

  calledWhen(scope: Construct, id: string, { metric, says, periods = 1, ...limit }: Condition): void {
    const alarm = new Alarm(scope, id, {
      metric,
      ...('from' in limit
        ? {
            threshold: limit.from,
            comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          }
        : { threshold: limit.above, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD }),
      evaluationPeriods: periods,
      alarmDescription: says,
      // No traffic is no fault.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const call = new SnsAction(this.#topic);
    alarm.addAlarmAction(call);
    alarm.addOkAction(call);
  }
}

export const FIVE_MINUTES = Duration.minutes(5);
