import * as z from 'zod';
import type { MemberPage } from '../../shared/aws/member-scan.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { PreviewPart } from '../../shared/aws/preview-parts.ts';
import type { PreviewHead, PreviewStore } from '../../shared/aws/preview-store.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import { type Comparison, openBook } from '../../shared/preview/book.ts';
import { added, NO_TALLY } from '../../shared/preview/tally.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';

/** A part of a preview to be worked on. `at` tells runs of the same preview apart. */
export const PreviewTask = z.object({ preview: z.string(), at: z.int(), part: z.int().nonnegative() });
export type PreviewTask = z.infer<typeof PreviewTask>;

export type PreviewDeps = Pick<PreviewStore, 'get' | 'part' | 'keepPart'> &
  Pick<MemberStore, 'ledger'> & {
    /** The draft of a preview; undefined where it was removed. */
    readonly draft: (id: string) => Promise<Omit<PublishedModel, 'version'> | undefined>;
    readonly modelVersion: (version: number) => Promise<PublishedModel | undefined>;
    readonly membersIn: (part: number, parts: number, after: string | undefined) => Promise<MemberPage>;
    /** Epoch ms. */
    readonly now: () => number;
  };

/** How much work may be lost in a crash, ms. */
const KEPT_EVERY = 3_000;
/** After this, ms, a call ends, and the next one goes on. */
const LONG_ENOUGH = 60_000;
/** Ledgers that are read at once, and are in memory together. */
const AT_ONCE = 10;

const comparison = async (
  { draft, modelVersion }: PreviewDeps,
  { id, current: version, from, at }: PreviewHead,
): Promise<Comparison | undefined> => {
  const [written, current] = await Promise.all([draft(id), modelVersion(version)]);
  return written && current && { current, draft: written, span: { from, at } };
};

/** Counts the next pages of a part until it is time to keep what was counted. */
const nextState = async (
  { membersIn, ledger, now }: PreviewDeps,
  head: PreviewHead,
  part: number,
  compared: Comparison,
  before: PreviewPart | undefined,
): Promise<PreviewPart> => {
  const book = openBook(compared);
  const began = now();
  let cursor = before?.cursor;
  do {
    const page = await membersIn(part, head.parts, cursor);
    for (const some of chunks(page.members, AT_ONCE)) {
      const ledgers = await Promise.all(some.map(async (member) => [member, await ledger(member)] as const));
      for (const [member, events] of ledgers) book.add(member, events);
    }
    cursor = page.next;
  } while (cursor !== undefined && now() - began < KEPT_EVERY);
  return {
    revision: (before?.revision ?? 0) + 1,
    heardAt: now(),
    done: cursor === undefined,
    cursor,
    tally: added(before?.tally ?? NO_TALLY, book.tally()),
  };
};

/**
 * Works on a part of a preview, going on where it was left, and keeps how far it has come every few seconds. However
 * often it is cut short, repeated or run twice at once, each member is counted once. Needs the memory of a few ledgers.
 * @returns whether there is nothing left to do, also because nobody wants the preview any more
 */
export const workOn =
  (deps: PreviewDeps) =>
  async (task: PreviewTask): Promise<PreviewTask & { readonly done: boolean }> => {
    const began = deps.now();
    const wanted = async () => {
      const head = await deps.get(task.preview);
      return head?.at === task.at ? head : undefined;
    };
    const first = await wanted();
    const compared = first && (await comparison(deps, first));
    if (!compared) return { ...task, done: true };
    for (let head: PreviewHead | undefined = first; head; head = await wanted()) {
      const before = await deps.part(head, task.part);
      if (before?.done) break;
      // Where somebody else has come further, this goes on from there.
      await deps.keepPart(head, task.part, await nextState(deps, head, task.part, compared, before));
      if (deps.now() - began >= LONG_ENOUGH) return { ...task, done: false };
    }
    return { ...task, done: true };
  };
