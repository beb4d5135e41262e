import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FIVE_MINUTES, type OnCall } from './on-call.ts';
import type { PolkuFunction } from './polku-function.ts';

export type FrontDoorProps = {
  /** Whose tokens open the routes of the staff. */
  readonly staffLogin: { readonly issuer: string; readonly audience: string[] };
  readonly calls: OnCall;
  readonly errorImpact: string;
};

type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'} /v1/${string}`;

/** Routes, not paths or callers: a path holds a member's id. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  gatewayError: '$context.error.responseType',
  functionError: '$context.integration.error',
});

/** The only way in from outside. Closed, except where a route says that the caller signs. */
export class FrontDoor extends Construct {
  readonly api: HttpApi;
  readonly #staff: IHttpRouteAuthorizer;

  constructor(scope: Construct, id: string, { staffLogin, calls, errorImpact }: FrontDoorProps) {
    super(scope, id);
    this.#staff = new HttpJwtAuthorizer('Staff', staffLogin.issuer, { jwtAudience: staffLogin.audience });
    this.api = new HttpApi(this, 'Api', {
      apiName: `${Stack.of(this).stackName} front door`,
      createDefaultStage: false,
      defaultAuthorizer: this.#staff,
    });
    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // For each route by itself, in requests a second.
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(accessLog),
      },
    });
    calls.calledWhen(this, 'ServerErrors', {
      metric: this.api.metricServerError({ period: FIVE_MINUTES, statistic: 'Sum' }),
      above: 0,
      periods: 2,
      says: `${Stack.of(this).stackName}: the front door answers with errors of its own. ${errorImpact}`,
    });
    new CfnOutput(this, 'Address', { value: stage.url, description: 'Where sources and staff reach Polku' });
  }

  /** Routes for those who show a token of the organisation's. */
  staff(worker: PolkuFunction, routes: readonly Route[]): void {
    this.#lead(worker, routes, this.#staff);
  }

  /** Routes without a login: each request carries a signature or a sealed reference, which the function verifies. */
  signed(worker: PolkuFunction, routes: readonly Route[]): void {
    this.#lead(worker, routes, new HttpNoneAuthorizer());
  }

  #lead(worker: PolkuFunction, routes: readonly Route[], authorizer: IHttpRouteAuthorizer): void {
    const integration = new HttpLambdaIntegration(worker.node.id, worker.lambda);
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      this.api.addRoutes({ path, methods: [HttpMethod[method as keyof typeof HttpMethod]], integration, authorizer });
    }
  }
}
