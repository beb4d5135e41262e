import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { JWTPayload } from 'jose';
import { ACCOUNT } from '../template/place.ts';
import type { Match } from './router.ts';

export type HttpRequest = {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly match: Match;
  readonly claims: JWTPayload | undefined;
  /** Epoch ms. */
  readonly now: number;
};

/** Bodies of these types reach the function as they are, all others in base64. */
const isText = (type = '', encoding = ''): boolean =>
  encoding === '' && /^(text\/|application\/(json|javascript|xml)\b)/.test(type.trim().toLowerCase());

const headersOf = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name === 'cookie' || value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(',')]],
    ),
  );

const queryOf = (url: URL): Record<string, string> =>
  Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]),
  );

const filled = <Value extends object>(name: string, value: Value): Record<string, Value> =>
  Object.keys(value).length > 0 ? { [name]: value } : {};

/** API Gateway hands every claim on as a text; a list in brackets. */
const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));

const authorizerOf = (claims: JWTPayload) => ({
  jwt: {
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)])),
    scopes: null,
  },
});

const bodyOf = (body: Buffer, text: boolean) =>
  body.length === 0
    ? { isBase64Encoded: false }
    : { body: body.toString(text ? 'utf8' : 'base64'), isBase64Encoded: !text };

/**
 * A request as an HTTP API hands it to a function, payload format 2.0.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpEvent = (request: HttpRequest): APIGatewayProxyEventV2 => {
  const { method, url, headers, body, sourceIp, match, claims, now } = request;
  const routeKey = match.route.key;
  return {
    version: '2.0',
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(headers.cookie ? { cookies: headers.cookie.split(/; ?/) } : {}),
    headers: headersOf(headers),
    ...filled('queryStringParameters', queryOf(url)),
    ...filled('pathParameters', match.pathParameters),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      ...(claims ? { authorizer: authorizerOf(claims) } : {}),
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...bodyOf(body, isText(headers['content-type'], headers['content-encoding'])),
  };
};
