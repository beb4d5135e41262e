import { describe, expect, it } from 'vitest';
import { listDeliveries } from '../../../functions/lookup/list-deliveries.ts';
import { DeliveryList } from '../../../shared/api/deliveries.ts';
import { client } from '../../support/http.ts';

const mails = [
  { tag: 'tag-of-a-message', at: 0, why: 'TimeoutError', kind: 'mail', member: 'maija', id: 'member#1#message' },
  {
    tag: 'tag-of-a-digest',
    at: 1000,
    why: 'no-word-of-it',
    kind: 'digest',
    owner: 'kaisa',
    run: '2026-03-02T06:00:00.000Z',
  },
] as const;

const waiting = {
  tag: 'tag-of-one-that-waits',
  at: 0,
  until: 60_000,
  why: 'quiet-hours',
  kind: 'mail',
  member: 'maija',
  id: 'member#2#message',
} as const;

const desk = () => {
  const asked: object[] = [];
  const call = client({
    'GET /v1/deliveries': listDeliveries({
      mailsInState: async (page) => {
        asked.push(page);
        if (page.state === 'held') return { mails: [waiting] };
        return { mails, next: 'tag-of-the-last' };
      },
    }),
  });
  return { asked, get: (query: Record<string, string>) => call({ path: '/v1/deliveries', query }) };
};

describe('the mails of which nobody knows whether they left', () => {
  it('are listed with what is needed to find out, and no more', async () => {
    const { get, asked } = desk();
    const { status, body } = await get({ state: 'unknown', cursor: 'tag-of-the-one-before', limit: '2' });
    expect(status).toBe(200);
    expect(DeliveryList.parse(body)).toEqual({
      deliveries: mails.map((mail) => ({ ...mail, at: new Date(mail.at).toISOString() })),
      next: 'tag-of-the-last',
    });
    expect(asked).toEqual([{ state: 'unknown', after: 'tag-of-the-one-before', limit: 2 }]);
  });

  it('are listed apart from those that wait, of which it is told until when', async () => {
    const { body } = await desk().get({ state: 'held' });
    const times = { at: '1970-01-01T00:00:00.000Z', until: '1970-01-01T00:01:00.000Z' };
    expect(DeliveryList.parse(body)).toEqual({ deliveries: [{ ...waiting, ...times }] });
  });

  it('are the only ones that can be asked for', async () => {
    const { get, asked } = desk();
    for (const query of [{}, { state: 'sent' }, { state: 'unknown', limit: '0' }]) {
      expect((await get(query)).status).toBe(400);
    }
    expect(asked).toEqual([]);
  });
});
