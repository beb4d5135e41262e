import type { Act } from './acts.ts';
import type { Told } from './tellings.ts';

/** A mail to a member, as far as what was done with it goes. Instants are epoch ms. */
export type FollowedLetter = {
  readonly member: string;
  /** Which message of the model. */
  readonly message: string;
  readonly deliveredAt: number | undefined;
  /** All that was done with it. */
  readonly acts: readonly Act[];
  /** All that the ledger was told of it, or was to be told. */
  readonly told: readonly Told[];
};

/** What was done with a mail, and keeps what is. */
export type Acts = {
  /** Undefined: it is no mail of the model to a member. */
  readonly letter: FollowedLetter | undefined;
  /** Notes an act; the same again changes nothing. False: there are more acts than anybody needs, and none is added. */
  readonly noteAct: (act: Act) => Promise<boolean>;
  /** Notes what the ledger is about to be told. The letter as it is then; undefined where it was erased. */
  readonly noteTold: (told: readonly Told[]) => Promise<FollowedLetter | undefined>;
};
