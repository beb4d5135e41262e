import * as z from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Activity } from '../../events/envelope.ts';
import { knownActivities } from '../../events/index.ts';
import { SourcePath } from '../../shared/api/admin.ts';
import { Accepted, MAX_ITEMS, Mixed } from '../../shared/api/webhooks.ts';
import { operation } from './operations.ts';

const AnyActivity = z.union([...knownActivities, Activity]).meta({
  id: 'AnyActivity',
  description: 'An event of a known type, or of any other',
});

const SignedHeaders = z.object({
  'webhook-id': z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .meta({ description: 'Of the request; the same when it is sent again' }),
  'webhook-timestamp': z
    .string()
    .regex(/^[1-9]\d{0,10}$/)
    .meta({ description: 'Seconds since 1970, within five minutes of now' }),
  'webhook-signature': z.string().meta({
    description:
      '`v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`; several, with blanks between them, while a secret is changed',
  }),
});

export const webhookPaths: ZodOpenApiPathsObject = {
  '/v1/webhooks/{source}': {
    post: operation({
      id: 'sendEvents',
      tag: 'Events',
      summary: 'Send activity events',
      description: `One event, or a batch of up to ${MAX_ITEMS}. Answered when the events are stored. Sending again is harmless: the same id from the same source is the same event.`,
      path: SourcePath,
      header: SignedHeaders,
      body: z.union([AnyActivity, z.array(AnyActivity).min(1).max(MAX_ITEMS)]),
      signed: true,
      answers: {
        202: ['All events are stored', Accepted],
        207: ['A part is stored: see the results, one for each event', Mixed],
      },
      fails: [400, 401, 404, 413, 415, 429, 503],
    }),
  },
};
