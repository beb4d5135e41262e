import type { ActivityEvent } from '../../events/envelope.ts';
import type { MemberStore } from '../../shared/aws/member-store.ts';
import { type Choices, withChoices } from '../../shared/mailing/choices.ts';
import { type Grave, type Tombstone, tombstoneOf, withTombstone } from '../../shared/mailing/tombstone.ts';
import { NO_PROFILE, withEvent } from '../../shared/scoring/profile.ts';
import { counting } from '../../shared/scoring/retracted.ts';

export type EraseDeps = {
  readonly store: Pick<MemberStore, 'wholeLedger'>;
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** Keeps what outlives the member; see the store. */
  readonly bury: <Kept extends Tombstone | undefined>(
    member: string,
    address: string | undefined,
    bury: (graves: readonly Grave[]) => Kept,
  ) => Promise<Kept>;
  /** Removes what is stored of a member of before an erasure (epoch ms). Whether there was anything. */
  readonly removeErased: (member: string, erasedAt: number) => Promise<boolean>;
  /** Removes the member from what drafts of the model would change. */
  readonly forgetInPreviews: (member: string) => Promise<void>;
};

/** `ledger` is the whole one. */
type Known = { readonly ledger: readonly ActivityEvent[]; readonly said: Choices | undefined };

/** Up to when what is known of a member goes, where that is asked for at an instant: later than anything that lies there. */
const erasedUpTo = (at: number, { ledger, said }: Known): number =>
  Math.max(
    at,
    ...ledger.map(({ time }) => time),
    ...Object.values(said?.consents ?? {}).map((one) => one.at),
    said?.preferences?.at ?? at,
  );

/** What is to be kept of a member; undefined where nobody ever asked for their erasure. */
const keptOf = (at: number | undefined, known: Known, graves: readonly Grave[]): Tombstone | undefined => {
  const own = graves.find(({ of }) => of === 'member');
  const asked = own?.askedAt ?? own?.erasedAt ?? Number.NEGATIVE_INFINITY;
  const isNew = at !== undefined && at > asked;
  if (!isNew && !own) return undefined;
  const erasedAt = Math.max(own?.erasedAt ?? 0, isNew ? erasedUpTo(at, known) : 0);
  const { ledger, said } = known;
  const lived = counting(ledger)
    .filter(({ time }) => time <= erasedAt)
    .reduce(withEvent, NO_PROFILE);
  // A later life counts its choices on from the erasure.
  const chosen = said && said.revision <= erasedAt ? withChoices(lived, said) : lived;
  return { ...tombstoneOf(graves.reduce(withTombstone, chosen), erasedAt), askedAt: isNew ? at : asked };
};

/**
 * Erases a member, and keeps what they said no to under names that nobody can read. First it is noted that they are
 * erased, and then removed, until nothing is left, whatever others had at hand: so whoever writes something of the member
 * afterwards can see that it must go. Carried out again it completes what was left, and leaves alone whoever has come
 * back since.
 * @param at when it was asked for, epoch ms; undefined: completes what was asked for before
 */
export const erase =
  ({ store, choices, bury, removeErased, forgetInPreviews }: EraseDeps) =>
  async (member: string, at?: number): Promise<void> => {
    for (let isLeft = true; isLeft; ) {
      const [ledger, said] = await Promise.all([store.wholeLedger(member), choices(member)]);
      const address = counting(ledger).reduce<string | undefined>((known, { email }) => email ?? known, undefined);
      const kept = await bury(member, address, (graves) => keptOf(at, { ledger, said }, graves));
      isLeft = kept !== undefined && (await removeErased(member, kept.erasedAt));
    }
    // After all else, so that nobody finds them who counts on. Whoever has them at hand is seen when it is asked once more.
    if (at !== undefined) await forgetInPreviews(member);
  };

type DismissDeps = {
  /** Keeps that somebody who was erased said no once more (epoch ms). */
  readonly refuse: (member: string, purpose: string, at: number) => Promise<void>;
  readonly removeEvents: (member: string, events: readonly ActivityEvent[]) => Promise<void>;
};

/** What somebody has said themselves about their mails, who was erased meanwhile: what they said no to is kept, and nothing else. */
export const dismiss =
  ({ refuse, removeEvents }: DismissDeps) =>
  async (member: string, said: readonly ActivityEvent[]): Promise<void> => {
    for (const { type, data, time } of said) {
      if (type === 'consent.withdrawn' && typeof data.purpose === 'string') await refuse(member, data.purpose, time);
    }
    await removeEvents(member, said);
  };
