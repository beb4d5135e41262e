import { keyIdIn, type Reference, type SealingKey, unsealed } from './sealed-reference.ts';

/** How old the keys may be, ms; and how old when a link names a key that is not among them. */
const MAX_AGE = 5 * 60_000;
const MAX_AGE_UNKNOWN = 10_000;

/** Opens what was sealed with any of the keys, also with one that was made a moment ago. */
export const unsealedBy =
  (keys: (maxAge: number) => Promise<readonly SealingKey[]>) =>
  async (token: string): Promise<Reference | undefined> => {
    const id = keyIdIn(token);
    if (id === undefined) return undefined;
    const known = await keys(MAX_AGE);
    return unsealed(known.some((key) => key.id === id) ? known : await keys(MAX_AGE_UNKNOWN), token);
  };
