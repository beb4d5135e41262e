import type { IncomingMessage } from 'node:http';
import { FunctionError } from '../functions/function-error.ts';
import { bodyOf, type Listener } from '../loopback.ts';
import type { RouteBlueprint } from '../template/routes.ts';
import { claimsOf } from './authorizer.ts';
import { gatewayAnswer, type HttpAnswer, httpAnswer } from './http-answer.ts';
import { httpEvent } from './http-event.ts';
import { router } from './router.ts';

/** What an HTTP API takes at the most, in bytes. */
const MOST = 10 * 1024 * 1024;
/** How long an HTTP API waits for a function, in ms. */
const PATIENCE = 30_000;

export type FrontDoorOptions = {
  readonly routes: readonly RouteBlueprint[];
  /** Calls a function by its name. */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** What local tokens are signed with. */
  readonly key: string;
  /** Epoch ms. */
  readonly now: () => number;
};

const inTime = async (result: Promise<unknown>): Promise<HttpAnswer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(() => resolve(gatewayAnswer(503, 'Service Unavailable')), PATIENCE);
  });
  try {
    return await Promise.race([result.then(httpAnswer), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Answers requests as the HTTP API of the template would: finds the route, checks the token, calls the function. */
export const frontDoor = ({ routes, invoke, key, now }: FrontDoorOptions): Listener => {
  const routeOf = router(routes);

  const answer = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const { method = 'GET', headers } = request;
    const url = URL.parse(`http://local${request.url ?? '/'}`);
    const match = url ? routeOf(method, url.pathname) : undefined;
    if (!url || !match) return gatewayAnswer(404, 'Not Found');
    const { jwt, function: name } = match.route;
    const claims = jwt && (await claimsOf(headers.authorization, jwt, key, now()));
    if (jwt && !claims) return gatewayAnswer(401, 'Unauthorized');
    const body = await bodyOf(request, MOST);
    if (!body) return gatewayAnswer(413, 'Request Entity Too Large');
    const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
    try {
      return await inTime(invoke(name, httpEvent({ method, url, headers, body, sourceIp, match, claims, now: now() })));
    } catch (error) {
      if (error instanceof FunctionError) return gatewayAnswer(500, 'Internal Server Error');
      throw error;
    }
  };

  return async (request, response) => {
    const { status, headers, body } = await answer(request);
    // A body that was not read to its end would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('content-length', body.length);
    response.writeHead(status).end(request.method === 'HEAD' ? undefined : body);
  };
};
