import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Answer, problem } from '../api/problem.ts';
import type { RawRequest, Route } from '../api/route.ts';
import type { Observing } from './observing.ts';

const lowerCase = (headers: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const rawRequest = (event: APIGatewayProxyEventV2): RawRequest => ({
  method: event.requestContext.http.method,
  params: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  headers: lowerCase(event.headers ?? {}),
  bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
});

const content = ({ body, page }: Answer): { type: string; text: string } | undefined => {
  if (page !== undefined) return { type: 'text/html; charset=utf-8', text: page };
  return body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };
};

const reply = (answer: Answer): APIGatewayProxyStructuredResultV2 => {
  const sent = content(answer);
  return {
    statusCode: answer.status,
    headers: {
      ...(sent ? { 'content-type': sent.type } : {}),
      'cache-control': 'no-store',
      ...answer.headers,
    },
    ...(sent ? { body: sent.text } : {}),
  };
};

/**
 * Answers HTTP API requests by their route key (`GET /v1/members/{id}`). What nobody expected is a 500 without detail;
 * the log gets the kind of the failure, never the request.
 */
export const httpHandler = (routes: Readonly<Record<string, Route>>, { log, metrics }: Observing) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .onError(async (request) => {
      log.error('request failed', request.error, { route: request.event.routeKey });
      request.response = reply(problem(500));
    })
    .handler(async (event) => {
      const answer = routes[event.routeKey];
      try {
        return reply(answer ? await answer(rawRequest(event)) : problem(404));
      } finally {
        metrics.publish();
      }
    });
