import * as z from 'zod';

/** One thing that is wrong with what was sent: where (JSON Pointer, RFC 6901) and what, in words. */
export const Fault = z.strictObject({ pointer: z.string(), message: z.string() }).meta({ id: 'Fault' });
export type Fault = z.infer<typeof Fault>;

/** Problem details, RFC 9457. The title is the same for every problem of its kind; the detail is about this one. */
export const Problem = z
  .looseObject({
    type: z.string().default('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(Fault).optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457' });
export type Problem = z.infer<typeof Problem>;

/** What a request is answered with; the body is sent as JSON, a page as HTML. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly page?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Not authentic',
  404: 'Not found',
  405: 'Not allowed here',
  409: 'In conflict with what is there',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  500: 'Something went wrong here',
  503: 'Not possible at the moment',
};

/** Problem details, without the header and status of an answer of their own. */
export const problemDetails = (status: number, detail?: string, more: Record<string, unknown> = {}) => ({
  type: 'about:blank',
  title: titles[status] ?? 'Failed',
  status,
  ...(detail === undefined ? {} : { detail }),
  ...more,
});

export const problem = (
  status: number,
  detail?: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: problemDetails(status, detail, more),
});

/** What zod says, in fewer words. */
export const inWords = (message: string): string =>
  message
    .replace(/^Invalid input: expected .+, received undefined$/, 'is missing')
    .replace(/^Invalid input: expected (.+), received (.+)$/, 'must be of the type $1, not $2')
    .replace(/^Too small: expected \w+ to have >=1 \w+$/, 'must not be empty')
    .replace(/^Too small: expected \w+ to have >=(\d+) (\w+)$/, 'must have $1 $2 at least')
    .replace(/^Too big: expected \w+ to have <=(\d+) (\w+)$/, 'may have $1 $2 at most')
    .replace(/^Too small: expected \w+ to be >=(.+)$/, 'must be $1 at least')
    .replace(/^Too small: expected \w+ to be >(.+)$/, 'must be more than $1')
    .replace(/^Too big: expected \w+ to be <=(.+)$/, 'may be $1 at most')
    .replace(/^Too big: expected \w+ to be <(.+)$/, 'must be less than $1');

/** The faults that zod found, each with its path. Values that were sent are not repeated. */
export const faultsOf = (error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] }): Fault[] =>
  error.issues.map(({ path, message }) => ({ pointer: jsonPointer(path), message: inWords(message) }));

/** RFC 6901: `['rules', 0, 'a/b']` → `/rules/0/a~1b`. The whole document is the empty text. */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
