import type { z } from 'zod';
import { jsonFaults, parseJson } from '../kernel/json-text.ts';
import { type Answer, faultsOf, problem } from './problem.ts';

/** A request before anything in it is read. */
export type RawRequest = {
  readonly method: string;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it was sent, byte for byte. */
  readonly bytes: Uint8Array;
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
