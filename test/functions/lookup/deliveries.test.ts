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

const desk = () => {
  const asked: object[] = [];
  const call = client({
    'GET /v1/deliveries': listDeliveries({
      inDoubt: async (page) => {
        asked.push(page);
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
    expect(asked).toEqual([{ after: 'tag-of-the-one-before', limit: 2 }]);
  });

  it('are the only ones that can be asked for', async () => {
    const { get, asked } = desk();
    for (const query of [{}, { state: 'sent' }, { state: 'unknown', limit: '0' }]) {
      expect((await get(query)).status).toBe(400);
    }
    expect(asked).toEqual([]);
  });
});
