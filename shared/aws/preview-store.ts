import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Part } from '../census/work-on.ts';
import { canonicalJson } from '../kernel/json.ts';
import { Tally } from '../preview/tally.ts';
import { Model } from '../scoring/model.ts';
import { CensusHead, type CensusTools, censusStore } from './census-store.ts';
import { PREVIEW_LIST, runKey } from './preview-names.ts';

const Head = CensusHead.extend({ from: z.int(), lastMonths: z.int() });
/** A preview that was asked for. Times are epoch ms. */
export type PreviewHead = Readonly<z.infer<typeof Head>>;
export type PreviewPart = Part<Tally>;

const DRAFT = 'draft';
const Draft = z.object({ body: z.string() });

/** Previews of drafts, and how far they have come. They name members, so they expire. */
export const previewStore = (tools: CensusTools) => {
  const { row, put, drop, begin, remove, ...store } = censusStore<PreviewHead, Tally>(tools, {
    name: 'preview',
    head: Head,
    tally: Tally,
  });
  return {
    ...store,
    /** The same question has the same id, so that whoever asks again finds what there is. */
    idOf: (draft: Model, lastMonths: number, current: number): string =>
      createHash('sha256').update(canonicalJson({ draft, lastMonths, current })).digest('hex').slice(0, 32),

    async draft(id: string): Promise<Model | undefined> {
      const found = await row(id, DRAFT);
      return found && Model.parse(JSON.parse(Draft.parse(found).body));
    },
    /** The draft comes first: whoever finds the head finds it. Before it, that there will be somebody named. */
    async begin(head: PreviewHead, draft: Model): Promise<void> {
      const { id, at, expiresAt } = head;
      await put(runKey(head), { ...head, id: PREVIEW_LIST }, { run: id, at, expiresAt });
      await put(DRAFT, head, { body: JSON.stringify(draft) });
      await begin(head);
    },
    async remove(id: string): Promise<void> {
      await remove(id);
      await drop(id, DRAFT);
    },
  };
};
export type PreviewStore = ReturnType<typeof previewStore>;
