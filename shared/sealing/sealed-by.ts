import { type Reference, type SealingKey, sealed } from './sealed-reference.ts';

/** How old the keys may be that links are sealed with, ms. An older key still opens what it sealed. */
const MAX_AGE = 5 * 60_000;

/** Seals references with the newest of the keys. */
export const sealedBy =
  (keys: (maxAge: number) => Promise<readonly SealingKey[]>) =>
  async (reference: Reference): Promise<string> => {
    const [newest] = await keys(MAX_AGE);
    if (!newest) throw new Error('There is no key to seal links with');
    return sealed(newest, reference);
  };
