import type { ActivityEvent } from '../../events/envelope.ts';
import type { Choices } from '../../shared/mailing/choices.ts';
import { hadAgreed, hadAgreedBy } from '../../shared/mailing/following/consent-then.ts';
import { FORMAT, type Snapshot } from '../../shared/scoring/snapshot.ts';

export type AgreedDeps = {
  readonly snapshot: (member: string) => Promise<Snapshot | undefined>;
  /** What the member has said themselves, as it is now. */
  readonly choices: (member: string) => Promise<Choices | undefined>;
  readonly ledger: (member: string) => Promise<readonly ActivityEvent[]>;
};

/**
 * Whether a member had agreed to be followed at an instant (epoch ms), and has not taken it back. The ledger is read only
 * where the snapshot does not tell.
 */
export const memberAgreed =
  ({ snapshot, choices, ledger }: AgreedDeps) =>
  async (member: string, instant: number): Promise<boolean> => {
    const [known, said] = await Promise.all([snapshot(member), choices(member)]);
    const plain = known?.madeBy.format === FORMAT ? hadAgreedBy(known.standing.profile, said, instant) : undefined;
    return plain ?? hadAgreed({ member, choices: said }, await ledger(member), instant);
  };
