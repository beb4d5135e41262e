import type { MemberStore } from '../../shared/aws/member-store.ts';
import { type Choices, withChoices } from '../../shared/mailing/choices.ts';
import { type Tombstone, tombstoneOf, withTombstone } from '../../shared/mailing/tombstone.ts';
import { NO_PROFILE, profileIn } from '../../shared/scoring/profile.ts';

export type EraseDeps = {
  readonly store: Pick<MemberStore, 'read' | 'ledger'>;
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** Of whoever had this id or this address. */
  readonly tombstones: (member: string, address: string | undefined) => Promise<readonly Tombstone[]>;
  readonly bury: (member: string, address: string | undefined, tombstone: Tombstone) => Promise<void>;
  /** Removes all that is stored of a member. */
  readonly removeAll: (member: string) => Promise<void>;
};

/**
 * Erases a member, and keeps what they said no to under names that nobody can read. Carried out again it completes what
 * was left, and leaves alone whoever has come back since.
 * @param at when it was asked for, epoch ms
 */
export const erase =
  ({ store, choices, tombstones, bury, removeAll }: EraseDeps) =>
  async (member: string, at: number): Promise<void> => {
    const [snapshot, said] = await Promise.all([store.read(member), choices(member)]);
    const scored = snapshot ? await profileIn(snapshot, () => store.ledger(member)) : NO_PROFILE;
    const before = await tombstones(member, scored.email);
    const cameBack = (snapshot?.standing.last?.time ?? at) > at;
    if (cameBack && before.some(({ erasedAt }) => erasedAt >= at)) return;
    const known = before.reduce(withTombstone, said ? withChoices(scored, said) : scored);
    await bury(member, scored.email, tombstoneOf(known, at));
    await removeAll(member);
  };
