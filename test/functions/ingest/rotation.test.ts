import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeEvents } from '../../../functions/ingest/handler.ts';
import { cached } from '../../../shared/kernel/cached.ts';
import { secretFrom } from '../../../shared/webhooks/secret.ts';
import { type SigningSecret, signed } from '../../../shared/webhooks/standard-webhooks.ts';
import { client } from '../../support/http.ts';
import { visit } from './door.ts';

const START = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;
const secret = (n: number) => secretFrom((bytes) => Buffer.alloc(bytes, n));

/** A door whose source is kept for a minute, as in production, and a source whose secrets change. */
const rotating = () => {
  let secrets: SigningSecret[] = [{ secret: secret(1) }];
  let now = START;
  let reads = 0;
  const kept = cached(
    async () => {
      reads += 1;
      return { secrets };
    },
    () => now,
  );
  const call = client({
    'POST /v1/webhooks/{source}': takeEvents({
      source: kept.get,
      send: async (messages) => messages.map(() => true),
      count: () => {},
      now: () => now,
    }),
  });
  const body = JSON.stringify(visit('e-1'));
  return {
    reads: () => reads,
    wait: (ms: number) => {
      now += ms;
    },
    rotate: (n: number, overlap: number) => {
      secrets = [{ secret: secret(n) }, ...secrets.map((one) => ({ ...one, expiresAt: now + overlap }))];
    },
    sendWith: async (n: number) => {
      const headers = signed({ id: 'm', timestamp: Math.floor(now / 1000), body: Buffer.from(body) }, secret(n));
      const sent = { ...headers, 'content-type': 'application/json' };
      return (
        await call({ method: 'POST', path: '/v1/webhooks/{source}', params: { source: 'crm' }, headers: sent, body })
      ).status;
    },
  };
};

describe('a source whose secret is changed', () => {
  it('is believed under the new one at once, though we looked a moment ago', async () => {
    const { sendWith, rotate } = rotating();
    expect(await sendWith(1)).toBe(202);
    rotate(2, 60 * MINUTE);
    expect(await sendWith(2)).toBe(202);
    expect(await sendWith(1)).toBe(202);
  });

  it('is looked up once a minute as long as it signs rightly', async () => {
    const { sendWith, wait, reads } = rotating();
    for (let i = 0; i < 60; i++) {
      expect(await sendWith(1)).toBe(202);
      wait(1000);
    }
    expect(reads()).toBe(1);
  });

  it('loses nothing in the overlap, and the old one opens nothing after it', async () => {
    const schedule = fc.record({ overlap: fc.nat(10 * MINUTE), waits: fc.array(fc.nat(2 * MINUTE), { maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(schedule, async ({ overlap, waits }) => {
        const { sendWith, rotate, wait } = rotating();
        await sendWith(1);
        rotate(2, overlap);
        let passed = 0;
        for (const ms of [0, ...waits]) {
          wait(ms);
          passed += ms;
          expect(await sendWith(2)).toBe(202);
          expect(await sendWith(1)).toBe(passed < overlap ? 202 : 401);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
