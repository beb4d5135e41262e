import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { route } from '../../shared/api/route.ts';
import { client } from '../support/http.ts';

const echo = route(
  z.object({
    params: z.object({ id: z.string().max(3) }),
    query: z.object({ limit: z.coerce.number().default(5) }),
    body: z.strictObject({ name: z.string() }),
  }),
  async ({ params, query, body }) => ({ status: 200, body: { ...params, ...query, ...body } }),
);
const call = client({ 'POST /things/{id}': echo });
const good = {
  method: 'POST',
  path: '/things/{id}',
  params: { id: 'a' },
  headers: { 'Content-Type': 'application/json' },
  body: '{"name":"x"}',
};

describe('a route', () => {
  it('is handed what it asks for', async () => {
    expect(await call(good)).toMatchObject({ status: 200, body: { id: 'a', limit: 5, name: 'x' } });
  });

  it.each([
    ['a path that cannot be', { params: { id: 'abcd' } }, 404, undefined],
    ['a query that is wrong', { query: { limit: 'x' } }, 400, '/limit'],
    ['a document that is wrong', { body: '{"name":1}' }, 422, '/name'],
    ['a stranger in the document', { body: '{"name":"x","age":1}' }, 422, ''],
    ['no document', { body: '' }, 422, ''],
    ['no JSON', { body: '{' }, 400, undefined],
    ['another kind of document', { headers: { 'content-type': 'text/plain' } }, 415, undefined],
    ['too long a document', { body: ' '.repeat(524_289) }, 413, undefined],
  ])('answers for it: %s', async (_, wrong, status, pointer) => {
    const answer = await call({ ...good, ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
    expect(answer.body).toMatchObject({ status, ...(pointer === undefined ? {} : { errors: [{ pointer }] }) });
  });

  it('that is not there is not found', async () => {
    expect((await call({ ...good, path: '/other' })).status).toBe(404);
  });
});

describe('a failure that nobody expected', () => {
  const lines: unknown[] = [];
  const failing = client(
    {
      'GET /': async () => {
        throw new Error('maija@example.org is not there');
      },
    },
    { info: () => {}, warn: () => {}, error: (...line) => void lines.push(line) },
  );

  it('is answered without detail, and logged', async () => {
    const answer = await failing({ path: '/' });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('maija');
    expect(lines).toMatchObject([['request failed', { name: 'Error' }, { route: 'GET /' }]]);
  });
});
