import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { context, resources } from '../support/template.ts';

const Route = z.object({ RouteKey: z.string(), AuthorizationType: z.string().default('NONE') });
const Stage = z.object({
  DefaultRouteSettings: z.object({ ThrottlingBurstLimit: z.number(), ThrottlingRateLimit: z.number() }),
  AccessLogSettings: z.object({ DestinationArn: z.string(), Format: z.string() }),
});
const Authorizer = z.object({ JwtConfiguration: z.unknown() });

const routes = resources('AWS::ApiGatewayV2::Route', Route).map(({ of }) => of);
const [stage] = resources('AWS::ApiGatewayV2::Stage', Stage);

describe('the front door', () => {
  it('is open for signed webhooks and for sealed links alone', () =>
    expect(routes.filter((route) => route.AuthorizationType !== 'JWT')).toEqual([
      { RouteKey: 'POST /v1/webhooks/{source}', AuthorizationType: 'NONE' },
      { RouteKey: 'ANY /v1/unsubscribe/{token}', AuthorizationType: 'NONE' },
      { RouteKey: 'ANY /v1/preferences/{token}', AuthorizationType: 'NONE' },
    ]));

  it('believes only the organisation’s own tokens', () => {
    const { issuer, audience } = context.polku.staffLogin;
    expect(resources('AWS::ApiGatewayV2::Authorizer', Authorizer).map(({ of }) => of.JwtConfiguration)).toEqual([
      { Issuer: issuer, Audience: audience },
    ]);
  });

  it('takes a bounded number of requests on each route', () =>
    expect(stage?.of.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 }));

  it('logs routes, but neither paths nor callers, for these are personal data', () => {
    const format = stage?.of.AccessLogSettings.Format ?? '';
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/path|identity|authorizer|requestOverride/i);
  });
});
