/** Where somebody who wants no more of these says so: a link that acts on POST (RFC 8058), and perhaps a `mailto:`. */
export type Unsubscribe = { readonly url: string; readonly mailto?: string | undefined };

/** A mail ready to be sent to one mailbox. */
export type Mail = {
  readonly to: string;
  /** Where an answer goes, when not to the sender. */
  readonly replyTo?: string | undefined;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Whether its reader has agreed that it is noted whether they open it and follow its links. */
  readonly tracked?: true;
  /** Every mail that is not service or to staff has it. */
  readonly unsubscribe?: Unsubscribe | undefined;
};

/**
 * What became of a mail that was handed over.
 * `later`: for certain not taken, for a cause that may pass. `refused`: for certain not taken, and never will be.
 * `unknown`: it may have been taken; nobody can tell, so it must not be handed over again.
 */
export type Outcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  | { readonly kind: 'refused' | 'unknown'; readonly code: string }
  /** `until`: there is no sense in trying before, epoch ms. */
  | { readonly kind: 'later'; readonly code: string; readonly until?: number };

/** What SES has enough of for now: mails in this second, or in this day. */
export type Limit = 'second' | 'day';

/** What became of a mail that was offered to SES. `throttled`: for certain not taken, since it was too much. */
export type Offered = Outcome | { readonly kind: 'throttled'; readonly limit: Limit };
