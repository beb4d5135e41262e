import type { Act } from './acts.ts';

/** A mail to a member, as far as what was done with it goes. Instants are epoch ms. */
export type FollowedRow = {
  readonly member: string;
  /** Which message of the model. */
  readonly message: string;
  readonly deliveredAt: number | undefined;
  /** All that was done with it. */
  readonly acts: readonly Act[];
};

/** Keeps what was done with mails, by their tags. Undefined: there is no such mail to a member. */
export type Acts = {
  readonly mailOf: (tag: string) => Promise<FollowedRow | undefined>;
  /**
   * Notes an act once; gives the mail as it was before, and whether the act was new. Of a mail with more acts than anybody
   * needs, none is added.
   */
  readonly noteAct: (tag: string, act: Act) => Promise<(FollowedRow & { readonly isNew: boolean }) | undefined>;
  /** Notes when a person first did it (epoch ms): the earliest that was ever said. */
  readonly noteFirst: (tag: string, kind: Act['kind'], at: number) => Promise<void>;
};
