import type { ActivityEvent } from '../../events/envelope.ts';
import type { Choices } from '../../shared/mailing/choices.ts';
import { hadAgreed, hadAgreedBy } from '../../shared/mailing/following/consent-then.ts';
import type { Tombstone } from '../../shared/mailing/tombstone.ts';
import { NO_PROFILE, profileIn } from '../../shared/scoring/profile.ts';
import type { Snapshot } from '../../shared/scoring/snapshot.ts';

export type AgreedDeps = {
  readonly snapshot: (member: string) => Promise<Snapshot | undefined>;
  /** What the member has said themselves, as it is now. */
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** What outlived whoever had this id or this address, and was erased. */
  readonly tombstones: (member: string, address: string | undefined) => Promise<readonly Tombstone[]>;
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
};

/**
 * Whether a member had agreed to be followed at an instant (epoch ms), and has not taken it back. The ledger is read only
 * where the snapshot does not tell.
 */
export const memberAgreed =
  ({ snapshot, choices, tombstones, ledger }: AgreedDeps) =>
  async (member: string, instant: number): Promise<boolean> => {
    const [known, said] = await Promise.all([snapshot(member), choices(member)]);
    const profile = known ? await profileIn(known, () => ledger(member)) : NO_PROFILE;
    if (hadAgreedBy(profile, { choices: said, graves: [] }, instant) === false) return false;
    const beside = { choices: said, graves: await tombstones(member, profile.email) };
    return hadAgreedBy(profile, beside, instant) ?? hadAgreed(member, await ledger(member), beside, instant);
  };
