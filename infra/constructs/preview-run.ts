import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Binding } from './binding.ts';
import type { PolkuFunction } from './polku-function.ts';
import { sizes } from './sizes.ts';

/** A call that fails is tried again, and goes on where the last one got to. */
const RETRY = { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 6, MaxDelaySeconds: 60 };

/** Each part of the table by itself, call after call, until there is nothing left to do; some of them at once. */
const definition = (worker: string, atOnce: number) => ({
  Comment: 'Reckons what a draft of the model would change, part by part of the members',
  StartAt: 'Parts',
  States: {
    Parts: {
      Type: 'Map',
      ItemsPath: '$.parts',
      MaxConcurrency: atOnce,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Work',
        States: {
          Work: { Type: 'Task', Resource: worker, Retry: [RETRY], Next: 'IsDone' },
          IsDone: {
            Type: 'Choice',
            Choices: [{ Variable: '$.done', BooleanEquals: true, Next: 'Done' }],
            Default: 'Work',
          },
          Done: { Type: 'Succeed' },
        },
      },
      ResultPath: null,
      End: true,
    },
  },
});

/** A distributed map over the parts of the members table. It costs nothing while no preview is asked for. */
export class PreviewRun extends Construct {
  readonly #machine: CfnStateMachine;

  constructor(scope: Construct, id: string, { worker }: { readonly worker: PolkuFunction<'preview'> }) {
    super(scope, id);
    const stack = Stack.of(this);
    const stateMachineName = `${stack.stackName}-preview`;
    const arn = (resource: string, resourceName: string): string =>
      stack.formatArn({ service: 'states', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const logs = new LogGroup(this, 'Logs', {
      // Step Functions may write into groups of this name without a policy for each of them.
      logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    for (const statement of [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [worker.lambda.functionArn] }),
      // A distributed map is made of executions of its own machine.
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn('stateMachine', stateMachineName)] }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [arn('execution', `${stateMachineName}:*`)],
      }),
      new PolicyStatement({ actions: logDelivery, resources: ['*'] }),
      new PolicyStatement({ actions: tracing, resources: ['*'] }),
    ])
      role.addToPolicy(statement);
    this.#machine = new CfnStateMachine(this, 'Machine', {
      stateMachineName,
      stateMachineType: 'STANDARD',
      roleArn: role.roleArn,
      definitionString: stack.toJsonString(definition(worker.lambda.functionArn, sizes.preview.reserved)),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    this.#machine.node.addDependency(role);
  }

  /** The machine, for one that starts it. */
  starter(): Binding {
    const arn = this.#machine.attrArn;
    return { value: arn, allows: [new PolicyStatement({ actions: ['states:StartExecution'], resources: [arn] })] };
  }
}

/** These know no resources. Source: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const logDelivery = [
  ...['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery'],
  ...['logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'],
];
/** Nor these. Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html */
const tracing = [
  ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
];
