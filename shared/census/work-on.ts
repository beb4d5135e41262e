import { chunks } from '../kernel/chunks.ts';

/** One time that everybody is counted. `at` tells it from other times that the same was asked. */
export type Run = { readonly id: string; readonly at: number; readonly parts: number };

/** How far the work on a part of the members has come. `cursor` says where it goes on; `heardAt` in epoch ms. */
export type Part<Tally> = {
  readonly revision: number;
  readonly heardAt: number;
  readonly done: boolean;
  readonly cursor?: string | undefined;
  readonly tally: Tally;
};

/** What is read of each member, and what is counted of it. */
export type Counting<Tally, Found> = {
  readonly find: (member: string) => Promise<Found>;
  /** Counts members who are not in the book yet, one by one; its size must not follow from how many there are. */
  readonly book: () => { readonly add: (member: string, found: Found) => void; readonly tally: () => Tally };
  readonly none: Tally;
  /** Of different members, in any order. */
  readonly added: (a: Tally, b: Tally) => Tally;
};

export type CensusDeps<Head extends Run, Tally, Found> = {
  /** Undefined where nobody wants it any more. */
  readonly get: (id: string) => Promise<Head | undefined>;
  readonly part: (run: Head, part: number) => Promise<Part<Tally> | undefined>;
  /** False where somebody else has come further. */
  readonly keepPart: (run: Head, part: number, state: Part<Tally>) => Promise<boolean>;
  readonly counting: (head: Head) => Promise<Counting<Tally, Found> | undefined>;
  readonly membersIn: (
    part: number,
    parts: number,
    after: string | undefined,
  ) => Promise<{ readonly members: readonly string[]; readonly next: string | undefined }>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** How much work may be lost in a crash, ms. */
const KEPT_EVERY = 3_000;
/** After this, ms, a call ends, and the next one goes on. */
const LONG_ENOUGH = 60_000;
/** Members who are read at once, and are in memory together. */
const AT_ONCE = 10;

/** Counts the next pages of a part until it is time to keep what was counted. */
const nextState = async <Head extends Run, Tally, Found>(
  { membersIn, now }: Pick<CensusDeps<Head, Tally, Found>, 'membersIn' | 'now'>,
  { parts }: Head,
  part: number,
  { find, book: open, none, added }: Counting<Tally, Found>,
  before: Part<Tally> | undefined,
): Promise<Part<Tally>> => {
  const book = open();
  const began = now();
  let cursor = before?.cursor;
  do {
    const page = await membersIn(part, parts, cursor);
    for (const some of chunks(page.members, AT_ONCE)) {
      const found = await Promise.all(some.map(async (member) => [member, await find(member)] as const));
      for (const [member, its] of found) book.add(member, its);
    }
    cursor = page.next;
  } while (cursor !== undefined && now() - began < KEPT_EVERY);
  return {
    revision: (before?.revision ?? 0) + 1,
    heardAt: now(),
    done: cursor === undefined,
    cursor,
    tally: added(before?.tally ?? none, book.tally()),
  };
};

/**
 * Works on a part of the members, going on where it was left, and keeps how far it has come every few seconds. However
 * often it is cut short, repeated or run twice at once, each member is counted once. Needs the memory of a few members.
 * @returns whether there is nothing left to do, also because nobody wants it any more
 */
export const workOn =
  <Head extends Run, Tally, Found>(deps: CensusDeps<Head, Tally, Found>) =>
  async ({ id, at, part }: { readonly id: string; readonly at: number; readonly part: number }): Promise<boolean> => {
    const began = deps.now();
    const wanted = async () => {
      const head = await deps.get(id);
      return head?.at === at ? head : undefined;
    };
    const first = await wanted();
    const counting = first && (await deps.counting(first));
    if (!counting) return true;
    for (let head: Head | undefined = first; head; head = await wanted()) {
      const before = await deps.part(head, part);
      if (before?.done) break;
      // Where somebody else has come further, this goes on from there.
      await deps.keepPart(head, part, await nextState(deps, head, part, counting, before));
      if (deps.now() - began >= LONG_ENOUGH) return false;
    }
    return true;
  };
