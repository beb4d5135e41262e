import type { PreviewHead, PreviewStore } from '../../shared/aws/preview-store.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import type { Tally } from '../../shared/preview/tally.ts';
import type { Model } from '../../shared/scoring/model.ts';
import { idFrom, memoryCensus } from './memory-census.ts';

/** Previews in memory, with the conditions of the real store. `now` in epoch ms. */
export const memoryPreviews = (now: () => number): PreviewStore => {
  const drafts = new Map<string, Model>();
  const { begin, remove, ...store } = memoryCensus<PreviewHead, Tally>(now);
  return {
    ...store,
    idOf: (draft, lastMonths, current) => idFrom(canonicalJson({ draft, lastMonths, current })),
    draft: async (id) => ((await store.get(id)) ? drafts.get(id) : undefined),
    begin: async (head, draft) => {
      drafts.set(head.id, draft);
      await begin(head);
    },
    remove: async (id) => {
      drafts.delete(id);
      await remove(id);
    },
  };
};
