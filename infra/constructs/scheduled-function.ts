import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import {
  type IScheduleTarget,
  Schedule,
  type ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Functions } from './functions.ts';
import { FIVE_MINUTES } from './on-call.ts';
import { type FunctionProps, PolkuFunction } from './polku-function.ts';

export type ScheduledFunctionProps<Name extends keyof Functions> = FunctionProps<Name> & {
  readonly schedule: ScheduleExpression;
  readonly input?: Readonly<Record<string, string>>;
  /** After this a run is no longer worth making. */
  readonly until: Duration;
};

/** A function that the clock calls. A run that fails even when repeated is kept for two weeks, and told of. */
export class ScheduledFunction<Name extends keyof Functions> extends PolkuFunction<Name> {
  constructor(scope: Construct, id: string, props: ScheduledFunctionProps<Name>) {
    super(scope, id, props);
    const missed = this.#missed(props);
    this.lambda.configureAsyncInvoke({
      onFailure: new SqsDestination(missed),
      maxEventAge: props.until,
      retryAttempts: 2,
    });
    new Schedule(this, 'Schedule', { schedule: props.schedule, target: this.#target(props, missed) });
  }

  /** Not the library's own target, which may call every version of the function and shares its role. */
  #target({ until, input }: ScheduledFunctionProps<Name>, missed: Queue): IScheduleTarget {
    const role = new Role(this, 'Caller', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.lambda.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missed.queueArn] }));
    return {
      bind: () => ({
        arn: this.lambda.functionArn,
        role,
        deadLetterConfig: { arn: missed.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: until.toSeconds(), maximumRetryAttempts: 10 },
        ...(input ? { input: ScheduleTargetInput.fromObject(input) } : {}),
      }),
    };
  }

  #missed({ runs, errorImpact, calls }: ScheduledFunctionProps<Name>): Queue {
    const missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    calls.calledWhen(this, 'RunMissed', {
      metric: missed.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' }),
      above: 0,
      says: `${Stack.of(this).stackName}: a run of ${runs} was given up. ${errorImpact}`,
    });
    return missed;
  }
}
