import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { z } from 'zod';
import { type Answer, faultsOf, problem } from '../api/problem.ts';
import { jsonFaults, parseJson } from '../kernel/json-text.ts';
import type { Log } from './log.ts';

/** A request before anything in it is read. */
export type RawRequest = {
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it was sent, byte for byte. */
  readonly bytes: Buffer;
};
export type Route = (request: RawRequest) => Promise<Answer>;

/** 512 KiB: the greatest model that can be stored, written out with blanks. */
const MAX_BODY = 524_288;

export const isJson = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;|$)/i.test(contentType?.trim() ?? '');

/** The body as JSON, undefined where there is none; or what to answer instead. */
export const jsonBody = ({ headers, bytes }: RawRequest): { value: unknown } | { refusal: Answer } => {
  if (bytes.length === 0) return { value: undefined };
  if (bytes.length > MAX_BODY) return { refusal: problem(413, `The body may have ${MAX_BODY} bytes`) };
  if (!isJson(headers['content-type'])) return { refusal: problem(415, 'Send application/json') };
  const parsed = parseJson(bytes);
  return 'value' in parsed ? parsed : { refusal: problem(400, jsonFaults[parsed.fault]) };
};

const parts = {
  params: { status: 404, detail: undefined },
  query: { status: 400, detail: 'The query is not valid' },
  body: { status: 422, detail: 'The document is not valid' },
} as const;

type Asked = z.ZodObject<{ params?: z.ZodType; query?: z.ZodType; body?: z.ZodType }>;

/** A route that is handed what it asks for (`params`, `query`, `body`), parsed. What does not fit is answered for it. */
export const route =
  <Shape extends Asked>(asked: Shape, work: (request: z.infer<Shape>) => Promise<Answer>): Route =>
  async (request) => {
    const sent = 'body' in asked.shape ? jsonBody(request) : { value: undefined };
    if ('refusal' in sent) return sent.refusal;
    const { params, query } = request;
    const read = asked.safeParse({ params, query, body: sent.value });
    if (read.success) return work(read.data);
    const faults = faultsOf(read.error);
    for (const [part, { status, detail }] of Object.entries(parts)) {
      const errors = faults
        .filter(({ pointer }) => pointer === `/${part}` || pointer.startsWith(`/${part}/`))
        .map(({ pointer, message }) => ({ pointer: pointer.slice(part.length + 1), message }));
      if (errors.length > 0) return problem(status, detail, part === 'params' ? {} : { errors });
    }
    return problem(400);
  };

const lowerCase = (headers: Record<string, string | undefined>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const rawRequest = (event: APIGatewayProxyEventV2): RawRequest => ({
  params: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  headers: lowerCase(event.headers ?? {}),
  bytes: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
});

const reply = ({ status, body, headers }: Answer): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'cache-control': 'no-store',
    ...headers,
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

/**
 * Answers HTTP API requests by their route key (`GET /v1/members/{id}`). What nobody expected is a 500 without detail;
 * the log gets the kind of the failure, never the request.
 */
export const httpHandler = (
  routes: Readonly<Record<string, Route>>,
  { log, metrics }: { log: Pick<Log, 'error'>; metrics?: { publish: () => void } },
) =>
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
        metrics?.publish();
      }
    });
