import { type Stack, Validations } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { FrontDoor } from './constructs/front-door.ts';
import { Inbox } from './constructs/inbox.ts';
import { OnCall } from './constructs/on-call.ts';
import { PolkuFunction } from './constructs/polku-function.ts';
import { PreviewRun } from './constructs/preview-run.ts';
import { ScheduledFunction } from './constructs/scheduled-function.ts';

type Acknowledgement = { readonly id: string; readonly where: (it: IConstruct) => boolean; readonly reason: string };

/** Every finding of cdk-nag that stays, where it may stay, and why. */
const acknowledgements: readonly Acknowledgement[] = [
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    where: (it) => it.node.scope instanceof PolkuFunction && it.node.id === 'Role',
    reason: 'X-Ray has no resources to name. A test holds every other statement to named resources.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    where: (it) => it.node.scope instanceof PreviewRun && it.node.id === 'Role',
    reason: 'X-Ray and the delivery of logs have no resources to name.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::arn:aws:states:{region}:<AWS::AccountId>:execution:{stack}-preview:*]',
    where: (it) => it.node.scope instanceof PreviewRun && it.node.id === 'Role',
    reason: 'A distributed map watches and stops executions of its own machine, whose names nobody knows beforehand.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    where: (it) => it.node.scope?.node.scope instanceof FrontDoor && it.node.id.includes('webhooks'),
    reason: 'A source signs each request; the function verifies that over the raw bytes before it reads them.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-APIG4',
    where: (it) => it.node.scope?.node.scope instanceof FrontDoor && /unsubscribe|preferences/.test(it.node.id),
    reason:
      'Whoever unsubscribes has no login, by RFC 8058. The path holds a sealed reference that nobody else can make; the function opens it before it looks at anything.',
  },
  {
    id: 'AwsSolutions::AwsSolutions-SQS3',
    where: (it) => it.node.scope instanceof ScheduledFunction && it.node.id === 'Missed',
    reason: 'It is where the schedule and the asynchronous calls of its function leave what failed.',
  },
  {
    id: 'Serverless::Serverless-SQSRedrivePolicy',
    where: (it) =>
      (it.node.scope instanceof Inbox && it.node.id === 'Failed') ||
      (it.node.scope instanceof ScheduledFunction && it.node.id === 'Missed'),
    reason: 'It is a dead-letter queue itself. Nothing reads it by itself; an alarm tells of its first message.',
  },
  {
    id: 'Serverless::Serverless-LambdaDLQ',
    where: (it) => it instanceof CfnFunction,
    reason:
      'Queues keep what their workers fail at, the front door answers its caller, and scheduled functions have a failure destination in place of this older setting.',
  },
  {
    id: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    where: (it) => it instanceof CfnEventSourceMapping,
    reason: 'For streams. A queue has its dead-letter queue.',
  },
  {
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    where: (it) => it.node.scope?.node.scope instanceof OnCall,
    reason: 'Mail to the people on call: the state of every alarm is also on the dashboard.',
  },
];

const named = (id: string, { region, stackName }: Stack): string =>
  id.replace('{region}', region).replace('{stack}', stackName);

export const acknowledge = (stack: Stack): void => {
  for (const { id, where, reason } of acknowledgements) {
    const places = stack.node.findAll().filter(where);
    if (places.length === 0) throw new Error(`${id} is acknowledged, but nothing there is left to acknowledge`);
    for (const place of places) Validations.of(place).acknowledge({ id: named(id, stack), reason });
  }
};
