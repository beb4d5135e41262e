import type { PreviewPart } from '../../shared/aws/preview-parts.ts';
import type { PreviewHead, PreviewStore } from '../../shared/aws/preview-store.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { Model } from '../../shared/scoring/model.ts';

/** Previews in memory, with the conditions of the real store. `now` in epoch ms. */
export const memoryPreviews = (now: () => number): PreviewStore => {
  const heads = new Map<string, PreviewHead>();
  const drafts = new Map<string, Model>();
  const parts = new Map<string, PreviewPart>();
  const prefix = ({ id, at }: { id: string; at: number }) => `${id} ${at} `;
  return {
    idOf: (draft, lastMonths, current) => {
      const text = canonicalJson({ draft, lastMonths, current });
      const sum = [...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
      return sum.toString(16).padStart(32, '0');
    },
    get: async (id) => {
      const head = heads.get(id);
      return head && head.expiresAt > now() ? head : undefined;
    },
    draft: async (id) => drafts.get(id),
    begin: async (head, draft) => {
      drafts.set(head.id, draft);
      heads.set(head.id, head);
    },
    startAgain: async (head, startedAt) => {
      const found = heads.get(head.id);
      if (found?.at !== head.at || found.attempt !== head.attempt) return false;
      heads.set(head.id, { ...found, attempt: found.attempt + 1, startedAt });
      return true;
    },
    remove: async (id) => {
      heads.delete(id);
      drafts.delete(id);
    },
    parts: async (run) => [...parts].filter(([key]) => key.startsWith(prefix(run))).map(([, part]) => part),
    part: async (run, part) => parts.get(prefix(run) + part),
    keepPart: async (run, part, state) => {
      const key = prefix(run) + part;
      if ((parts.get(key)?.revision ?? 0) !== state.revision - 1) return false;
      parts.set(key, state);
      return true;
    },
  };
};
