import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Bindings, environmentOf, statementsOf } from './binding.ts';
import { bundle } from './bundle.ts';
import type { Functions } from './functions.ts';
import { FIVE_MINUTES, type OnCall } from './on-call.ts';
import { sizes } from './sizes.ts';

export type FunctionProps<Name extends keyof Functions> = {
  /** The folder in functions/. */
  readonly runs: Name;
  readonly settings: Bindings<Functions[Name]>;
  /** What a failure of it costs a person. */
  readonly errorImpact: string;
  readonly calls: OnCall;
  /** Not every account can spare some. */
  readonly reserveConcurrency: boolean;
};

/** A Lambda function with a role, a log group and alarms of its own. */
export class PolkuFunction<Name extends keyof Functions = keyof Functions> extends Construct {
  readonly lambda: LambdaFunction;

  constructor(scope: Construct, id: string, props: FunctionProps<Name>) {
    super(scope, id);
    const { runs, settings, reserveConcurrency } = props;
    const { timeout, memory, reserved } = sizes[runs];
    const logs = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Polku: ${runs}`,
      code: bundle(runs),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role: this.#role(logs, statementsOf(settings)),
      environment: {
        ...environmentOf(settings),
        NODE_OPTIONS: '--enable-source-maps',
        // Several organisations in one account keep their counts apart.
        POWERTOOLS_METRICS_NAMESPACE: Stack.of(this).stackName,
      },
      timeout: Duration.seconds(timeout),
      memorySize: memory,
      ...(reserveConcurrency ? { reservedConcurrentExecutions: reserved } : {}),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      // Start, end and duration of each call are metrics; as log lines they would be most of the log.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
    });
    this.#watch(props);
  }

  /** Allows what its settings allow, and to write its log: not into every log, as the managed policy does. */
  #role(logs: LogGroup, statements: readonly PolicyStatement[]): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const writesLog = new PolicyStatement({
      effect: Effect.ALLOW,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logs.logGroupArn],
    });
    for (const statement of [writesLog, ...statements]) role.addToPolicy(statement);
    return role;
  }

  #watch({ runs, errorImpact, calls }: FunctionProps<Name>): void {
    calls.calledWhen(this, 'Errors', {
      metric: this.lambda.metricErrors({ period: FIVE_MINUTES }),
      above: 0,
      says: `${Stack.of(this).stackName}: ${runs} fails. ${errorImpact}`,
    });
    calls.calledWhen(this, 'Throttles', {
      metric: this.lambda.metricThrottles({ period: FIVE_MINUTES }),
      above: 0,
      periods: 3,
      says: `${Stack.of(this).stackName}: ${runs} is held back for lack of concurrency. ${errorImpact}`,
    });
  }
}
