import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../infra/local/template/blueprint.ts';
import { CloudTemplate } from '../../infra/local/template/cloud-template.ts';

const path = (text: string) => ({ 'aws:cdk:path': text });
const key = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];

/** A pattern of `Fn::Sub`, whose dollars a reader of TypeScript would take for another template's. */
const sub = (pattern: string) => pattern.replaceAll('%', '$');

/** As CDK writes it, with every way there to refer to something. */
const template = CloudTemplate.parse({
  Parameters: { Stage: { Type: 'String', Default: 'local' } },
  Resources: {
    TableA1: {
      Type: 'AWS::DynamoDB::Table',
      Metadata: path('Stack/People/Table/Resource'),
      Properties: { KeySchema: key('pk'), AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }] },
    },
    Dead2: { Type: 'AWS::SQS::Queue', Metadata: path('Stack/Inbox/Failed/Resource') },
    Queue3: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: { 'Fn::Sub': sub('inbox-%{Stage}') },
        VisibilityTimeout: 90,
        KmsMasterKeyId: 'alias/aws/sqs',
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead2', 'Arn'] }, maxReceiveCount: 5 },
      },
    },
    Function4: {
      Type: 'AWS::Lambda::Function',
      Metadata: path('Stack/SayHello/Function/Resource'),
      Properties: {
        Handler: 'index.handler',
        Code: { S3Bucket: 'assets', S3Key: 'abc123.zip' },
        Timeout: 20,
        MemorySize: 512,
        Environment: {
          Variables: {
            TABLE: { Ref: 'TableA1' },
            QUEUE_URL: { Ref: 'Queue3' },
            TABLE_ARN: { 'Fn::GetAtt': ['TableA1', 'Arn'] },
            JOINED: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x:', { Ref: 'AWS::AccountId' }]] },
            SUB: { 'Fn::Sub': [sub('%{Given}/%{TableA1.Arn}/%{AWS::Region}'), { Given: 'g' }] },
            LAST: { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] },
          },
        },
      },
    },
    Mapping5: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Queue3', 'Arn'] },
        FunctionName: { Ref: 'Function4' },
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 2,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 4 },
      },
    },
    Api6: { Type: 'AWS::ApiGatewayV2::Api' },
    Auth7: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: { JwtConfiguration: { Issuer: 'https://login.example/', Audience: ['polku'] } },
    },
    Integration8: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { IntegrationUri: { 'Fn::GetAtt': ['Function4', 'Arn'] } },
    },
    Route9: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'GET /v1/hello/{name}',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration8' }]] },
        AuthorizerId: { Ref: 'Auth7' },
      },
    },
    Open10: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'POST /v1/hook',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration8' }]] },
      },
    },
    Schedule11: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'cron(0 7 ? * MON *)',
        ScheduleExpressionTimezone: 'Europe/Oslo',
        Target: { Arn: { 'Fn::GetAtt': ['Function4', 'Arn'] }, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
      },
    },
    Off12: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        State: 'DISABLED',
        Target: { Arn: { 'Fn::GetAtt': ['Function4', 'Arn'] } },
      },
    },
    Identity13: { Type: 'AWS::SES::EmailIdentity', Properties: { EmailIdentity: 'example.org' } },
    Set14: { Type: 'AWS::SES::ConfigurationSet', Metadata: path('Stack/Mail/Letters/Resource') },
    Topic15: { Type: 'AWS::SNS::Topic', Metadata: path('Stack/Mail/Reports/Resource') },
    Reports16: {
      Type: 'AWS::SES::ConfigurationSetEventDestination',
      Properties: {
        ConfigurationSetName: { Ref: 'Set14' },
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: ['send', 'bounce'],
          SnsDestination: { TopicARN: { Ref: 'Topic15' } },
        },
      },
    },
    Subscription17: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic15' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::GetAtt': ['Queue3', 'Arn'] },
        RawMessageDelivery: true,
      },
    },
    ByMail18: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic15' }, Protocol: 'email', Endpoint: 'somebody@example.org' },
    },
  },
});

const blueprint = readBlueprint(template, { queueUrl: (name) => `http://queues/${name}`, door: 'http://door' });

describe('the template as a blueprint', () => {
  it('names resources by their own name, else by their place in the stack', () => {
    expect(blueprint.tables.map(({ name }) => name)).toEqual(['people']);
    expect(blueprint.queues.map(({ name }) => name)).toEqual(['inbox-failed', 'inbox-local']);
    expect(blueprint.functions.map(({ name }) => name)).toEqual(['say-hello']);
    expect(blueprint.configurationSets).toEqual(['mail-letters']);
    expect(blueprint.identities).toEqual(['example.org']);
  });

  it('carries out intrinsic functions in a function’s environment', () => {
    expect(blueprint.functions[0]).toMatchObject({
      handler: 'index.handler',
      asset: 'abc123',
      timeout: 20,
      memory: 512,
    });
    expect(blueprint.functions[0]?.environment).toEqual({
      TABLE: 'people',
      QUEUE_URL: 'http://queues/inbox-local',
      TABLE_ARN: 'arn:aws:dynamodb:eu-north-1:000000000000:table/people',
      JOINED: 'arn:aws:x:000000000000',
      SUB: 'g/arn:aws:dynamodb:eu-north-1:000000000000:table/people/eu-north-1',
      LAST: 'b',
    });
  });

  it('hands queues the attributes that do something here, as texts', () => {
    const policy = { deadLetterTargetArn: 'arn:aws:sqs:eu-north-1:000000000000:inbox-failed', maxReceiveCount: 5 };
    expect(blueprint.queues[1]?.attributes).toEqual({ VisibilityTimeout: '90', RedrivePolicy: JSON.stringify(policy) });
  });

  it('knows which queue goes to which function, and how', () => {
    expect(blueprint.eventSources).toEqual([
      { queue: 'inbox-local', function: 'say-hello', batchSize: 100, window: 2, partialResponse: true, concurrency: 4 },
    ]);
  });

  it('knows routes, and whose tokens open them', () => {
    const jwt = { Issuer: 'https://login.example/', Audience: ['polku'] };
    expect(blueprint.routes).toEqual([
      { key: 'GET /v1/hello/{name}', function: 'say-hello', jwt },
      { key: 'POST /v1/hook', function: 'say-hello', jwt: undefined },
    ]);
  });

  it('knows the schedules that are on', () => {
    expect(blueprint.schedules).toMatchObject([
      { expression: 'cron(0 7 ? * MON *)', zone: 'Europe/Oslo', function: 'say-hello' },
    ]);
  });

  it('knows where SES reports to, through the topic to the queue', () => {
    expect(blueprint.mailReports).toEqual([
      {
        configurationSet: 'mail-letters',
        types: ['send', 'bounce'],
        topic: 'arn:aws:sns:eu-north-1:000000000000:mail-reports',
        queue: 'inbox-local',
        raw: true,
      },
    ]);
  });

  it('refuses what it does not know, and references that lead nowhere', () => {
    const withVariable = (value: unknown) =>
      CloudTemplate.parse({
        Resources: {
          F: {
            Type: 'AWS::Lambda::Function',
            Properties: { Handler: 'a.b', Code: { S3Key: 'c' }, Environment: { Variables: { X: value } } },
          },
        },
      });
    const read = (value: unknown) => () => readBlueprint(withVariable(value), { queueUrl: String, door: '' });
    expect(read({ 'Fn::ImportValue': 'other' })).toThrow('Fn::ImportValue');
    expect(read({ Ref: 'Nobody' })).toThrow('Nobody');
  });
});
