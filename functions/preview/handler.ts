import * as z from 'zod';
import type { MemberPage } from '../../shared/aws/member-scan.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { PreviewPart } from '../../shared/aws/preview-parts.ts';
import type { PreviewHead, PreviewStore } from '../../shared/aws/preview-store.ts';
import { chunks } from '../../shared/kernel/chunks.ts';
import { type Choices, withOwnWords } from '../../shared/mailing/choices.ts';
import type { Heard } from '../../shared/mailing/heard.ts';
import { trialsOf } from '../../shared/mailing/measuring/trials.ts';
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
    /** What the member has said themselves, as it is now. */
    readonly choices: (member: string) => Promise<Choices | undefined>;
    /** What is known of a member with these addresses beside their events. */
    readonly heard: (member: string, addresses: readonly string[], trials: readonly string[]) => Promise<Heard>;
    /** The organisation's IANA time zone. */
    readonly zone: string;
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
  { draft, modelVersion, zone }: PreviewDeps,
  { id, current: version, from, at }: PreviewHead,
): Promise<Comparison | undefined> => {
  const [written, current] = await Promise.all([draft(id), modelVersion(version)]);
  return written && current && { current, draft: written, span: { from, at }, zone };
};

/** The trials of either model. */
const trialsIn = ({ current, draft }: Comparison): readonly string[] => {
  const of = ({ model }: Comparison['draft']) => model.messages.flatMap(({ id }) => trialsOf(model, id));
  return [...new Set([current, draft].flatMap(of).map(({ id }) => id))];
};

/** All there is to know of a member: their events, what they have said themselves, and what was heard of them. */
const known = async ({ ledger, choices, heard }: PreviewDeps, member: string, trials: readonly string[]) => {
  const [told, own] = await Promise.all([ledger(member), choices(member)]);
  const addresses = [...new Set(told.flatMap(({ email }) => email ?? []))];
  return {
    member,
    events: own ? withOwnWords(member, told, own) : told,
    heard: await heard(member, addresses, trials),
  };
};

/** Counts the next pages of a part until it is time to keep what was counted. */
const nextState = async (
  deps: PreviewDeps,
  head: PreviewHead,
  part: number,
  compared: Comparison,
  before: PreviewPart | undefined,
): Promise<PreviewPart> => {
  const { membersIn, now } = deps;
  const book = openBook(compared);
  const trials = trialsIn(compared);
  const began = now();
  let cursor = before?.cursor;
  do {
    const page = await membersIn(part, head.parts, cursor);
    for (const some of chunks(page.members, AT_ONCE)) {
      for (const one of await Promise.all(some.map((member) => known(deps, member, trials))))
        book.add(one.member, one.events, one.heard);
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
