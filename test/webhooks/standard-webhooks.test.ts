import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { keyOf, secretFrom } from '../../shared/webhooks/secret.ts';
import { isAuthentic, signed } from '../../shared/webhooks/standard-webhooks.ts';

const Body = {
  body: z.string().optional(),
  bodyBase64: z.base64().optional(),
  bodyRepeat: z.tuple([z.string(), z.int()]).optional(),
};
const Vectors = z.object({
  sign: z.array(
    z.object({
      secret: z.string(),
      id: z.string(),
      timestamp: z.int(),
      signature: z.string(),
      origin: z.string(),
      ...Body,
    }),
  ),
  badSecrets: z.array(z.object({ secret: z.string(), origin: z.string() })),
  verify: z.array(
    z.object({
      name: z.string(),
      expect: z.string(),
      now: z.int(),
      secrets: z.array(z.string()),
      headers: z.record(z.string(), z.string()),
      ...Body,
    }),
  ),
});
const vectors = Vectors.parse(
  JSON.parse(readFileSync(new URL('../fixtures/standard-webhooks.json', import.meta.url), 'utf8')),
);
const bytesOf = ({ body = '', bodyBase64, bodyRepeat }: z.infer<z.ZodObject<typeof Body>>): Buffer => {
  if (bodyRepeat) return Buffer.from(bodyRepeat[0].repeat(bodyRepeat[1]));
  return bodyBase64 === undefined ? Buffer.from(body) : Buffer.from(bodyBase64, 'base64');
};
const lowerCase = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const symmetric = vectors.sign.filter(({ signature }) => signature.startsWith('v1,'));
const asymmetric = vectors.sign.filter(({ signature }) => signature.startsWith('v1a,'));
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const timestamp = 1_614_265_330;
const now = timestamp * 1000;

describe('the published vectors of Standard Webhooks', () => {
  it.each(symmetric)('signs as $origin does: $id', ({ signature, secret, id, timestamp, ...content }) => {
    const headers = signed({ id, timestamp, body: bytesOf(content) }, secret);
    expect(headers['webhook-signature']).toBe(signature);
  });

  it.each(symmetric)('verifies what $origin signed: $id', ({ signature, secret, id, timestamp, ...content }) => {
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    expect(isAuthentic({ headers, body: bytesOf(content), secrets: [{ secret }], now: timestamp * 1000 })).toBe(true);
  });

  it.each(asymmetric)('takes no asymmetric signature: $origin', ({ signature, secret, id, timestamp, ...content }) => {
    const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
    expect(isAuthentic({ headers, body: bytesOf(content), secrets: [{ secret }], now: timestamp * 1000 })).toBe(false);
  });

  it.each(vectors.verify)('$name: $expect', ({ headers, secrets, now, expect: wanted, ...content }) => {
    const request = { headers: lowerCase(headers), body: bytesOf(content), now: now * 1000 };
    const answer = isAuthentic({ ...request, secrets: secrets.map((secret) => ({ secret })) });
    if (wanted !== 'reject-or-accept-within-bound') expect(answer).toBe(wanted.startsWith('accept'));
  });

  it.each(vectors.badSecrets)('refuses a secret that is not in order: $origin', ({ secret }) => {
    const body = Buffer.from('{}');
    expect(keyOf(secret)).toBeUndefined();
    expect(() => signed({ id: 'a', timestamp, body }, secret)).toThrow('not in order');
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const forged = createHmac('sha256', key).update(`a.${timestamp}.`).update(body).digest('base64');
    const headers = { 'webhook-id': 'a', 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${forged}` };
    expect(isAuthentic({ headers, body, secrets: [{ secret }], now })).toBe(false);
  });

  it('holds sixty rows and more', () => {
    const { sign, verify, badSecrets } = vectors;
    expect(sign.length + symmetric.length + verify.length + badSecrets.length + edges.length).toBeGreaterThanOrEqual(
      60,
    );
  });
});

const edges = [
  { ago: -301, milliseconds: 0, holds: false },
  { ago: -300, milliseconds: 0, holds: true },
  { ago: -300, milliseconds: 999, holds: true },
  { ago: 0, milliseconds: 0, holds: true },
  { ago: 299, milliseconds: 999, holds: true },
  { ago: 300, milliseconds: 0, holds: true },
  { ago: 300, milliseconds: 999, holds: true },
  { ago: 301, milliseconds: 0, holds: false },
];
describe('the time of a request', () => {
  const body = Buffer.from('{}');
  const headers = signed({ id: 'a', timestamp, body }, secret);
  it.each(edges)('sent $ago s and $milliseconds ms ago: $holds', ({ ago, milliseconds, holds }) => {
    const now = (timestamp + ago) * 1000 + milliseconds;
    expect(isAuthentic({ headers, body, secrets: [{ secret }], now })).toBe(holds);
  });
});

describe('an independent signer', () => {
  it('is believed, whatever it signs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ minLength: 24, maxLength: 64 }), (text, key) => {
        const secret = `whsec_${Buffer.from(key).toString('base64')}`;
        const signature = new Webhook(secret).sign('msg_1', new Date(now), text);
        const headers = {
          'webhook-id': 'msg_1',
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signature,
        };
        return isAuthentic({ headers, body: Buffer.from(text), secrets: [{ secret }], now });
      }),
    );
  });
});

describe('a valid request that was changed', () => {
  const body = Buffer.from(
    '{"id":"e-1","type":"benefit.used","member":{"id":"m-1"},"time":"2021-02-25T16:22:10+01:00"}',
  );
  const headers = signed({ id: 'msg_1', timestamp, body }, secret);
  const authentic = (changed: Record<string, string>, bytes: Uint8Array) =>
    isAuthentic({ headers: changed, body: bytes, secrets: [{ secret }], now });
  const flip = (bytes: Uint8Array, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    const byte = Math.floor(at / 8) % copy.length;
    copy[byte] = (copy[byte] ?? 0) ^ (1 << (at % 8));
    return copy;
  };
  const names = Object.keys(headers);
  const name = fc.constantFrom(...names);
  const mutation = fc.oneof(
    fc.nat().map((at) => ({ headers, body: flip(body, at) })),
    fc.tuple(name, fc.nat()).map(([name, at]) => {
      const text = flip(Buffer.from(headers[name] ?? '', 'latin1'), at).toString('latin1');
      return { headers: { ...headers, [name]: text }, body };
    }),
    fc
      .tuple(name, name)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ headers: { ...headers, [a]: headers[b] ?? '', [b]: headers[a] ?? '' }, body })),
    fc.tuple(name, fc.string()).map(([name, text]) => ({ headers: { ...headers, [name]: text }, body })),
    fc.tuple(fc.nat(body.length), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([at, more]) => ({
      headers,
      body: Buffer.concat([body.subarray(0, at), more, body.subarray(at)]),
    })),
    fc.nat(body.length - 1).map((end) => ({ headers, body: body.subarray(0, end) })),
    fc.integer({ min: 1, max: 8 }).map((indent) => ({
      headers,
      body: Buffer.from(JSON.stringify(JSON.parse(body.toString()), undefined, indent)),
    })),
  );

  it('never passes', () => {
    const same = (changed: Record<string, string>, bytes: Uint8Array) =>
      body.equals(bytes) && names.every((name) => changed[name] === headers[name]);
    fc.assert(
      fc.property(mutation, (m) => same(m.headers, m.body) || !authentic(m.headers, m.body)),
      { numRuns: 100_000, seed: 2 },
    );
  }, 120_000);
});

describe('rotation', () => {
  const schedule = fc.record({
    key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    other: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    overlap: fc.integer({ min: 1, max: 3_600_000 }),
    after: fc.integer({ min: -3_600_000, max: 3_600_000 }),
  });

  it('loses no request in the overlap and takes none after it', () => {
    fc.assert(
      fc.property(schedule, ({ key, other, overlap, after }) => {
        const old = { secret: secretFrom(() => Buffer.from(key)), expiresAt: now + overlap };
        const secrets = [{ secret: secretFrom(() => Buffer.from(other)) }, old];
        const at = now + overlap + after;
        const body = Buffer.from('{}');
        const headers = signed({ id: 'a', timestamp: Math.floor(at / 1000), body }, old.secret);
        return isAuthentic({ headers, body, secrets, now: at }) === after < 0;
      }),
      { numRuns: 10_000, seed: 3 },
    );
  });
});
