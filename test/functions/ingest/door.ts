import type { ActivityMessage } from '../../../events/activity-message.ts';
import { takeEvents } from '../../../functions/ingest/handler.ts';
import { signed } from '../../../shared/webhooks/standard-webhooks.ts';
import { client } from '../../support/http.ts';

export const now = Date.parse('2026-03-02T12:00:00Z');
export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

export const visit = (id: string, more: object = {}) => ({
  id,
  type: 'site.visited',
  member: { id: 'm-1' },
  time: '2026-03-02T11:00:00+00:00',
  data: { topic: 'pay' },
  ...more,
});

type Send = (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;

/** The front door with one source, `crm`, and what went on behind it. */
export const frontDoor = ({ send }: { send?: Send } = {}) => {
  const queue: ActivityMessage[] = [];
  const calls: string[] = [];
  const route = takeEvents({
    source: async (id) => {
      calls.push('source');
      return id === 'crm' ? { secrets: [{ secret }] } : undefined;
    },
    send:
      send ??
      (async (messages) => {
        calls.push('send');
        queue.push(...messages);
        return messages.map(() => true);
      }),
    count: () => {},
    now: () => now,
  });
  const call = client({ 'POST /v1/webhooks/{source}': route });
  const post = (body: string | Buffer, headers: Record<string, string>, source = 'crm') =>
    call({ method: 'POST', path: '/v1/webhooks/{source}', params: { source }, headers, body });
  const headersFor = (body: string | Buffer) => ({
    'content-type': 'application/json',
    ...signed({ id: 'msg_1', timestamp: now / 1000, body: Buffer.from(body) }, secret),
  });
  return {
    queue,
    calls,
    post,
    headersFor,
    /** Signs the text or bytes as they are, everything else as JSON. */
    deliver: (body: unknown) => {
      const sent = typeof body === 'string' || body instanceof Buffer ? body : JSON.stringify(body);
      return post(sent, headersFor(sent));
    },
  };
};
