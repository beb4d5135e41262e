import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Route } from '../../shared/api/route.ts';
import { httpHandler } from '../../shared/lambda/http-handler.ts';
import type { Log } from '../../shared/lambda/log.ts';

export type Sent = {
  method?: string;
  path: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer;
};
export type Answered = { status: number; headers: Record<string, unknown>; text: string; body: unknown };

const context: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'test',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-north-1:000000000000:function:test',
  memoryLimitInMB: '512',
  awsRequestId: 'request',
  logGroupName: '/test',
  logStreamName: 'test',
  getRemainingTimeInMillis: () => 10_000,
  done: () => {},
  fail: () => {},
  succeed: () => {},
};

const eventOf = (
  routeKey: string,
  method: string,
  { params, query, headers = {}, body }: Sent,
): APIGatewayProxyEventV2 => ({
  version: '2.0',
  routeKey,
  rawPath: '/',
  rawQueryString: '',
  headers,
  ...(params ? { pathParameters: params } : {}),
  ...(query ? { queryStringParameters: query } : {}),
  ...(body === undefined ? {} : { body: body.toString(body instanceof Buffer ? 'base64' : 'utf8') }),
  isBase64Encoded: body instanceof Buffer,
  requestContext: {
    accountId: '0',
    apiId: 'a',
    domainName: 'd',
    domainPrefix: 'd',
    http: { method, path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    requestId: 'r',
    routeKey,
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
});

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const metrics = { count: () => {}, publish: () => {} };

/** Calls a function as API Gateway does: `path` is the route key's path. */
export const calling =
  (handler: ReturnType<typeof httpHandler>, keyOf = (own: string, _path: string) => own) =>
  async ({ method = 'GET', ...sent }: Sent): Promise<Answered> => {
    const answer = await handler(eventOf(keyOf(`${method} ${sent.path}`, sent.path), method, sent), context);
    const text = answer.body ?? '';
    const { statusCode: status = 0, headers = {} } = answer;
    return {
      status,
      headers,
      text,
      body: String(headers['content-type']).includes('json') ? JSON.parse(text) : undefined,
    };
  };

/** The same with routes. */
export const client = (routes: Readonly<Record<string, Route>>, log: Log = silent) =>
  calling(httpHandler(routes, { log, metrics }), (own, path) => (own in routes ? own : `ANY ${path}`));
