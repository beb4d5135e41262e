import { unreachable } from '../kernel/unreachable.ts';
import type { Mail, Outcome } from './mail.ts';

/**
 * The states of a mail. Only `released` may be claimed again.
 * `claimed`: somebody is about to send it, or was when they died. `released`: for certain not sent, to be tried again.
 * `unknown`: may have been sent; what SES reports of it settles that, or a person. `sent`, `refused` and `skipped` (not
 * to be sent): settled.
 */
export type MailState = 'claimed' | 'released' | 'unknown' | 'sent' | 'refused' | 'skipped';

/**
 * `mine`: nobody else may send it. `settled`: nothing is left to do. `busy`: another holds it just now, look again
 * later. `lost`: whoever held it never said what became of it; it is `unknown` from now on.
 */
export type Claim =
  | { readonly kind: 'mine'; readonly token: string; readonly tag: string }
  | { readonly kind: 'settled' | 'busy' | 'lost' };

export type Claims<Key> = {
  readonly claim: (key: Key) => Promise<Claim>;
  /**
   * Writes what became of a claim that the token still holds, unless somebody who knows better has settled it. One that
   * is lost cannot be released any more.
   */
  readonly mark: (key: Key, token: string, state: MailState, detail: string) => Promise<void>;
};

/** For who comes after somebody that may have died, and would not claim the mail themselves. */
export type Reclaims<Key> = {
  /** Claims what was claimed before and came to nothing; `settled` where nobody ever claimed it. */
  readonly reclaim: (key: Key) => Promise<Claim>;
};

export type SendOnceDeps<Key> = {
  readonly claims: Claims<Key>;
  /** The tag comes back in what SES tells of the mail; it says nothing about anybody. */
  readonly send: (mail: Mail, tag: string) => Promise<Outcome>;
};

export type Sent =
  | { readonly kind: 'sent' | 'settled' | 'busy' | 'lost' }
  | { readonly kind: 'skipped'; readonly why: string }
  | { readonly kind: 'refused' | 'unknown' | 'later'; readonly code: string };

/**
 * Sends a mail at most once, whoever else tries and whatever dies in between: claims it, only then looks whether and
 * what to write, sends it, and notes what became of it. Between claim and note the mail counts as possibly sent.
 * @param prepare the mail, or why none is to be sent. Runs under the claim, so what was withdrawn before it is seen.
 * @throws what `prepare` and the claims throw; a claim that certainly sent nothing is released first
 */
export const sendOnce =
  <Key>({ claims, send }: SendOnceDeps<Key>) =>
  async (key: Key, prepare: () => Promise<Mail | { readonly skip: string }>): Promise<Sent> => {
    const claim = await claims.claim(key);
    if (claim.kind !== 'mine') return claim;
    const mark = (state: MailState, detail: string) => claims.mark(key, claim.token, state, detail);

    let mail: Mail | { readonly skip: string };
    try {
      mail = await prepare();
    } catch (error) {
      await mark('released', 'not-prepared');
      throw error;
    }
    if ('skip' in mail) {
      await mark('skipped', mail.skip);
      return { kind: 'skipped', why: mail.skip };
    }

    const outcome = await send(mail, claim.tag);
    switch (outcome.kind) {
      case 'sent':
        await mark('sent', outcome.messageId);
        return { kind: 'sent' };
      case 'later':
        await mark('released', outcome.code);
        return outcome;
      case 'refused':
      case 'unknown':
        await mark(outcome.kind, outcome.code);
        return outcome;
      default:
        return unreachable(outcome);
    }
  };
