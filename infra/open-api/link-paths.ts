import * as z from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';

const LinkPath = z.object({
  token: z.string().meta({ description: 'The sealed reference in a link of a mail: to a member and a purpose' }),
});

const Form = z.object({
  shown: z.string().meta({ description: 'The boxes that the form showed, with blanks between them' }),
  yes: z.array(z.enum(['membership', 'marketing', 'fundraising'])).optional(),
  pause: z.literal('on').optional(),
  language: z.enum(['nb', 'sv', 'fi', 'en']).optional(),
  do: z.enum(['save', 'none']).optional().meta({ description: '`none`: no to all that was shown' }),
});

type Page = { readonly id: string; readonly summary: string; readonly description?: string };

const page = ({ id, summary, description }: Page, statuses: Readonly<Record<`${4 | 5}${number}`, string>>) =>
  ({
    operationId: id,
    tags: ['Links in mails'],
    summary,
    ...(description === undefined ? {} : { description }),
    // The link is all that is needed: no login, no cookie.
    security: [{}],
    requestParams: {
      path: LinkPath,
      query: z.object({ lang: z.enum(['nb', 'sv', 'fi', 'en']).optional() }),
    },
    responses: {
      200: { description: 'A page', content: { 'text/html': { schema: z.string() } } },
      404: { description: 'The link is none of ours, whatever is wrong with it' },
      ...Object.fromEntries(Object.entries(statuses).map(([status, says]) => [status, { description: says }])),
    },
  }) satisfies ZodOpenApiOperationObject;

const later = { 503: 'Not possible at the moment; try again after `Retry-After` seconds' };
const gone = { 410: 'Nothing is known of the member any more' };

/** What links in mails lead to. HEAD and OPTIONS are answered and look at nothing; any other method gets 405. */
export const linkPaths: ZodOpenApiPathsObject = {
  '/v1/unsubscribe/{token}': {
    get: page({ id: 'askToUnsubscribe', summary: 'A page with a button; nothing changes' }, {}),
    post: page(
      {
        id: 'unsubscribe',
        summary: 'End the mails of this purpose',
        description: 'One click, RFC 8058. The body is not read. It counts at once, and a repetition changes nothing.',
      },
      later,
    ),
  },
  '/v1/preferences/{token}': {
    get: page({ id: 'showPreferences', summary: 'The page of preferences' }, gone),
    post: {
      ...page(
        { id: 'savePreferences', summary: 'Save the preferences' },
        { 400: 'The form cannot be read', 422: 'There is no such language', ...gone, ...later },
      ),
      requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: Form } } },
    },
  },
};
