import { createHmac, timingSafeEqual } from 'node:crypto';
import { keyOf } from './secret.ts';

/** Seconds by which the sender's clock may differ from ours, either way. */
const TOLERANCE = 300;
/** More signatures than any rotation needs; what comes after them is not looked at. */
const MAX_SIGNATURES = 16;

const idForm = /^[\w-]{1,128}$/;
const timestampForm = /^[1-9]\d{0,10}$/;

export type SigningSecret = {
  readonly secret: string;
  /** The instant from which it counts no more, epoch ms. */
  readonly expiresAt?: number | undefined;
};

const signature = (key: Buffer, id: string, timestamp: string, body: Uint8Array): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;

const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Whether a request was signed, within five minutes of `now` (epoch ms), by somebody who knows one of the secrets.
 * Header names are in lower case; `body` is what came over the wire, byte for byte.
 * Source: Standard Webhooks 1.0.0, the symmetric scheme `v1`.
 *
 * Not left to the npm library `standardwebhooks`: it decodes the body to text before it hashes, so that different bytes
 * can pass under one signature, reads `1614265330abc` as a time, and takes the time from the clock of the machine.
 */
export const isAuthentic = ({
  headers,
  body,
  secrets,
  now,
}: {
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  secrets: readonly SigningSecret[];
  now: number;
}): boolean => {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  const given = (headers['webhook-signature'] ?? '').split(' ', MAX_SIGNATURES);
  if (!idForm.test(id) || !timestampForm.test(timestamp)) return false;
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > TOLERANCE) return false;
  const matches = secrets
    .filter(({ expiresAt }) => expiresAt === undefined || now < expiresAt)
    .flatMap(({ secret }) => keyOf(secret) ?? [])
    .map((key) => signature(key, id, timestamp, body))
    .flatMap((expected) => given.map((one) => equal(one, expected)));
  return matches.includes(true);
};

/** The headers that make a request authentic. `timestamp` is in seconds. Throws if the secret is not in order. */
export const signed = (
  { id, timestamp, body }: { id: string; timestamp: number; body: Uint8Array },
  secret: string,
): Record<string, string> => {
  const key = keyOf(secret);
  if (!key) throw new Error('The secret is not in order: whsec_ and the base64 of 24 to 64 bytes');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signature(key, id, String(timestamp), body),
  };
};
