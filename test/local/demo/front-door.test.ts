import { describe, expect, it } from 'vitest';
import { BATCH, frontDoor } from '../../../infra/local/demo/front-door.ts';
import { year } from '../../../infra/local/demo/year.ts';
import { isAuthentic } from '../../../shared/webhooks/standard-webhooks.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const now = Date.UTC(2027, 2, 1);
const batch = year({ seed: 1, people: 5, start: Date.UTC(2026, 0, 5) }).events.slice(0, BATCH);

/** A front door that gives these answers one after the other. */
const answering = (...statuses: number[]) => {
  const requests: { url: string; request: RequestInit }[] = [];
  const waits: number[] = [];
  const door = frontDoor(
    'http://127.0.0.1:1',
    { id: 'demo', secret },
    {
      fetch: async (url, request) => {
        requests.push({ url, request });
        return new Response('{}', { status: statuses.shift() ?? 202, headers: { 'retry-after': '1' } });
      },
      wait: async (ms) => waits.push(ms),
    },
  );
  return { door, requests, waits };
};

describe('sending to the front door', () => {
  it('signs what it sends as of the time of Polku, not of the machine', async () => {
    const { door, requests } = answering(202);
    await door.send(batch, now);
    const [sent] = requests;
    const headers = Object.fromEntries(new Headers(sent?.request.headers));
    const body = Buffer.from(String(sent?.request.body));
    expect(sent?.url).toBe('http://127.0.0.1:1/v1/webhooks/demo');
    expect(isAuthentic({ headers, body, secrets: [{ secret }], now })).toBe(true);
  });

  it.each([429, 503, 207])('sends the same again after an answer of %s, when the door says', async (status) => {
    const { door, requests, waits } = answering(status, 202);
    await door.send(batch, now);
    expect(requests[1]).toEqual(requests[0]);
    expect(waits).toEqual([1000]);
  });

  it('gives up on what will never be taken', async () => {
    const { door, requests } = answering(400);
    await expect(door.send(batch, now)).rejects.toThrow('400');
    expect(requests).toHaveLength(1);
  });

  it('gives up on a door that stays shut', async () => {
    const { door } = answering(...Array.from({ length: 20 }, () => 503));
    await expect(door.send(batch, now)).rejects.toThrow('503');
  });
});
