import type { Act } from './acts.ts';

/** A mail to a member, as far as what was done with it goes. Instants are epoch ms. */
export type FollowedLetter = {
  readonly member: string;
  /** Which message of the model. */
  readonly message: string;
  readonly deliveredAt: number | undefined;
  /** All that was done with it. */
  readonly acts: readonly Act[];
};

/** What was done with a mail, and keeps what is. */
export type Acts = {
  /** Undefined: it is no mail of the model to a member. */
  readonly letter: FollowedLetter | undefined;
  /** Notes an act; the same again changes nothing. False: there are more acts than anybody needs, and none is added. */
  readonly noteAct: (act: Act) => Promise<boolean>;
};
