const PREFIX = 'whsec_';
const strictBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The key in a signing secret: base64 of 24 to 64 bytes, after `whsec_`, which may be missing. Undefined for anything
 * else: a secret that is not in order verifies nothing. Source: Standard Webhooks 1.0.0, "Signature scheme".
 */
export const keyOf = (secret: string): Buffer | undefined => {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  if (!strictBase64.test(text)) return undefined;
  const key = Buffer.from(text, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : undefined;
};

/** A new signing secret from 32 random bytes. */
export const secretFrom = (random: (bytes: number) => Buffer): string => PREFIX + random(32).toString('base64');
