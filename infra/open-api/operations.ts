import type { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { Problem } from '../../shared/api/problem.ts';

const problems: Readonly<Record<number, string>> = {
  400: 'It cannot be understood, or nothing in it could be accepted',
  401: 'Not authentic: the same answer for every reason',
  404: 'There is no such thing',
  409: 'In conflict with what is there',
  413: 'Too large',
  415: 'Not application/json',
  422: 'Not valid; every fault is named by its place',
  429: 'Too many requests; wait as long as `Retry-After` says',
  503: 'Not possible at the moment; try again after `Retry-After` seconds',
};

type Status = keyof ZodOpenApiResponsesObject & `${number}`;
type Asked = {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly path?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly header?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Whether the caller signs, instead of showing a token. */
  readonly signed?: boolean;
  readonly answers: Readonly<Record<string, readonly [description: string, schema: z.ZodType]>>;
  readonly fails: readonly number[];
};

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const isStatus = (status: string): status is Status => /^[1-5]\d\d$/.test(status);

const responses = ({ answers, fails, signed = false }: Asked): ZodOpenApiResponsesObject => {
  const all: ZodOpenApiResponsesObject = {};
  for (const [status, [description, schema]] of Object.entries(answers)) {
    if (isStatus(status)) all[status] = { description, content: json(schema) };
  }
  for (const status of fails) {
    const key = String(status);
    const content = { 'application/problem+json': { schema: Problem } };
    if (isStatus(key)) all[key] = { description: problems[status] ?? 'Failed', content };
  }
  // The gateway answers these before Polku does.
  if (!signed) all['401'] = { description: 'No token, or not one of this organisation’s' };
  return all;
};

/** One thing that can be asked of Polku over HTTP. */
export const operation = (asked: Asked): ZodOpenApiOperationObject => {
  const { id, tag, summary, description, path, query, header, body, signed = false } = asked;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: [{ [signed ? 'signature' : 'token']: [] }],
    requestParams: { ...(path ? { path } : {}), ...(query ? { query } : {}), ...(header ? { header } : {}) },
    ...(body ? { requestBody: { required: true, content: json(body) } } : {}),
    responses: responses(asked),
  };
};
