import type { CensusHead } from '../../shared/aws/census-store.ts';
import type { Part } from '../../shared/census/work-on.ts';

/** Questions about everybody in memory, with the conditions of the real store. `now` in epoch ms. */
export const memoryCensus = <Head extends CensusHead, Tally>(now: () => number) => {
  const heads = new Map<string, Head>();
  const parts = new Map<string, Part<Tally>>();
  const expiries = new Map<string, number>();
  const isThere = (key: string): boolean => (expiries.get(key) ?? 0) > now();
  const prefix = ({ id, at }: { id: string; at: number }) => `${id} ${at} `;
  return {
    get: async (id: string): Promise<Head | undefined> => {
      const head = heads.get(id);
      return head && head.expiresAt > now() ? head : undefined;
    },
    begin: async (head: Head): Promise<void> => void heads.set(head.id, head),
    startAgain: async (head: Head, startedAt: number): Promise<boolean> => {
      const found = heads.get(head.id);
      if (found?.at !== head.at || found.attempt !== head.attempt) return false;
      heads.set(head.id, { ...found, attempt: found.attempt + 1, startedAt });
      return true;
    },
    remove: async (id: string): Promise<void> => void heads.delete(id),
    parts: async (run: { id: string; at: number }): Promise<Part<Tally>[]> =>
      [...parts].filter(([key]) => key.startsWith(prefix(run)) && isThere(key)).map(([, part]) => part),
    part: async (run: { id: string; at: number }, part: number): Promise<Part<Tally> | undefined> =>
      isThere(prefix(run) + part) ? parts.get(prefix(run) + part) : undefined,
    keepPart: async (
      run: { id: string; at: number; expiresAt: number },
      part: number,
      state: Part<Tally>,
    ): Promise<boolean> => {
      const key = prefix(run) + part;
      if ((parts.get(key)?.revision ?? 0) !== state.revision - 1) return false;
      parts.set(key, state);
      expiries.set(key, run.expiresAt);
      return true;
    },
  };
};

/** A text of 32 hexadecimal digits that follows from another. */
export const idFrom = (text: string): string => {
  const sum = [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return sum.toString(16).padStart(32, '0');
};
