import { request } from 'node:http';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { issueToken } from '../../infra/local/front-door/authorizer.ts';
import { frontDoor } from '../../infra/local/front-door/front-door.ts';
import { router } from '../../infra/local/front-door/router.ts';
import { FunctionError } from '../../infra/local/functions/function-error.ts';
import { type LoopbackServer, listen } from '../../infra/local/loopback.ts';

const NOW = Date.UTC(2026, 10, 23, 6);
const KEY = 'a key of this machine alone, long enough';
const jwt = { Issuer: 'https://login.example/', Audience: ['polku'] };

const routes = [
  { key: 'POST /v1/hooks/{source}', function: 'echo', jwt: undefined },
  { key: 'GET /v1/members/{id}', function: 'echo', jwt },
  { key: 'GET /v1/fail/{how}', function: 'fail', jwt: undefined },
];

const Echo = z.looseObject({
  version: z.string(),
  routeKey: z.string(),
  headers: z.record(z.string(), z.string()),
  pathParameters: z.record(z.string(), z.string()).optional(),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean(),
  cookies: z.array(z.string()).optional(),
  requestContext: z.looseObject({ timeEpoch: z.number(), authorizer: z.unknown().optional() }),
});

const answers: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new FunctionError('fail', 'Error', 'a secret reason');
  },
  'without-status': () => ({ hello: 'world' }),
  nonsense: () => ({ statusCode: 'soon' }),
  bytes: () => ({
    statusCode: 201,
    headers: { 'Content-Type': 'image/gif', 'X-Number': 7 },
    cookies: ['a=1', 'b=2'],
    body: 'R0lG',
    isBase64Encoded: true,
  }),
};

let door: LoopbackServer;
beforeAll(async () => {
  const invoke = async (name: string, event: unknown) => {
    if (name === 'echo') return { statusCode: 200, body: JSON.stringify(event) };
    return answers[Echo.parse(event).pathParameters?.how ?? '']?.();
  };
  door = await listen(0, frontDoor({ routes, invoke, key: KEY, now: () => NOW }));
});
afterAll(() => door.close());

const ask = (path: string, init: RequestInit = {}) => fetch(door.address + path, init);
const echo = async (path: string, init: RequestInit = {}) => Echo.parse(await (await ask(path, init)).json());

describe('the front door', () => {
  it('hands a request on as an HTTP API does', async () => {
    const event = await echo('/v1/hooks/crm%20north?a=1&b=2&a=3', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Custom': 'Yes', cookie: 'one=1; two=2' },
      body: '{"sum": 1.0}',
    });
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/hooks/{source}',
      rawPath: '/v1/hooks/crm%20north',
      rawQueryString: 'a=1&b=2&a=3',
      pathParameters: { source: 'crm north' },
      queryStringParameters: { a: '1,3', b: '2' },
      cookies: ['one=1', 'two=2'],
      body: '{"sum": 1.0}',
      isBase64Encoded: false,
    });
    expect(event.headers).toMatchObject({ 'x-custom': 'Yes', 'content-type': 'application/json' });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext).toMatchObject({
      timeEpoch: NOW,
      http: { method: 'POST', sourceIp: '127.0.0.1' },
      stage: '$default',
    });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it('leaves out what is not there', async () => {
    const event = await echo('/v1/hooks/crm', { method: 'POST' });
    for (const key of ['body', 'cookies', 'queryStringParameters']) expect(event).not.toHaveProperty(key);
  });

  it.each([
    ['application/octet-stream', {}, true],
    ['image/png', {}, true],
    ['application/cloudevents+json', {}, true],
    ['application/json; charset=utf-8', {}, false],
    ['TEXT/plain', {}, false],
    ['application/xml', {}, false],
    ['application/json', { 'content-encoding': 'gzip' }, true],
  ])('takes a body of %s for text or bytes', async (type, more, base64) => {
    const bytes = Buffer.from('{"å": 1}');
    const event = await echo('/v1/hooks/crm', {
      method: 'POST',
      headers: { 'content-type': type, ...more },
      body: bytes,
    });
    expect(event.isBase64Encoded).toBe(base64);
    expect(Buffer.from(event.body ?? '', base64 ? 'base64' : 'utf8')).toEqual(bytes);
  });

  it('opens to the token of this machine and to no other', async () => {
    const status = async (authorization?: string) =>
      (await ask('/v1/members/1', authorization ? { headers: { authorization } } : {})).status;
    const token = await issueToken(jwt, KEY, NOW);
    expect(await status(`Bearer ${token}`)).toBe(200);
    expect(await status()).toBe(401);
    expect(await status('Bearer nonsense')).toBe(401);
    expect(await status(`Bearer ${await issueToken(jwt, `${KEY}?`, NOW)}`)).toBe(401);
    expect(await status(`Bearer ${await issueToken({ ...jwt, Issuer: 'https://other.example/' }, KEY, NOW)}`)).toBe(
      401,
    );
    expect(await status(`Bearer ${await issueToken({ ...jwt, Audience: ['other'] }, KEY, NOW)}`)).toBe(401);
    expect(await status(`Bearer ${await issueToken(jwt, KEY, NOW - 11 * 366 * 86_400_000)}`)).toBe(401);
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
    expect(await status(`Bearer ${unsigned}`)).toBe(401);
  });

  it('passes the claims on as texts', async () => {
    const token = await new SignJWT({ roles: ['staff', 'admin'], level: 3 })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(jwt.Issuer)
      .setAudience('polku')
      .setExpirationTime(NOW / 1000 + 60)
      .sign(new TextEncoder().encode(KEY));
    const event = await echo('/v1/members/1', { headers: { authorization: `Bearer ${token}` } });
    expect(event.requestContext.authorizer).toMatchObject({ jwt: { claims: { roles: '[staff admin]', level: '3' } } });
  });

  it('answers by itself where no function does', async () => {
    expect((await ask('/v1/nothing')).status).toBe(404);
    expect((await ask('/v1/hooks/crm')).status).toBe(404);
    expect((await ask('/v1/hooks/', { method: 'POST' })).status).toBe(404);
    const large = await ask('/v1/hooks/crm', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  it('keeps to itself why a function failed', async () => {
    for (const how of ['throws', 'nonsense']) {
      const answer = await ask(`/v1/fail/${how}`);
      expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    }
  });

  it('takes an answer without a status for JSON, and bytes for bytes', async () => {
    const simple = await ask('/v1/fail/without-status');
    expect([simple.status, await simple.json()]).toEqual([200, { hello: 'world' }]);
    const bytes = await ask('/v1/fail/bytes');
    expect([bytes.status, bytes.headers.get('content-type'), bytes.headers.get('x-number')]).toEqual([
      201,
      'image/gif',
      '7',
    ]);
    expect(bytes.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await bytes.text()).toBe('GIF');
  });

  it('bears a path that is no path', async () => {
    const status = await new Promise((resolve) =>
      request(door.address, { path: '/v1/members/%E0%A4%A' }, (answer) => resolve(answer.statusCode)).end(),
    );
    expect(status).toBe(404);
  });
});

describe('routes', () => {
  const keys = ['GET /a/{id}', 'GET /a/b', 'ANY /a/b', 'GET /a/{rest+}', 'GET /a/{id}/c', '$default'];
  const find = router(keys.map((key) => ({ key, function: 'f', jwt: undefined })));
  it.each([
    ['GET', '/a/b', 'GET /a/b'],
    ['PUT', '/a/b', 'ANY /a/b'],
    ['GET', '/a/x', 'GET /a/{id}'],
    ['GET', '/a/x/c', 'GET /a/{id}/c'],
    ['GET', '/a/x/d', 'GET /a/{rest+}'],
    ['GET', '/b', '$default'],
  ])('%s %s goes to %s', (method, path, key) => {
    expect(find(method, path)?.route.key).toBe(key);
  });
});
