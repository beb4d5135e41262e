import { unreachable } from '../kernel/unreachable.ts';
import type { Mail, Outcome } from './mail.ts';

/**
 * The states of a mail. Only `released` and `held` may be claimed again.
 * `held`: waits for its time, and comes again by itself. `claimed`: somebody is about to send it, or was when they died. `released`: for certain not sent, to be tried again.
 * `unknown`: may have been sent; what SES reports of it settles that, or a person. `sent`, `refused` and `skipped` (not
 * to be sent): settled.
 */
export type MailState = 'claimed' | 'held' | 'released' | 'unknown' | 'sent' | 'refused' | 'skipped';

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
   * @param to the address that the mail went to, or may have gone to
   */
  readonly mark: (
    key: Key,
    token: string,
    state: Exclude<MailState, 'held'>,
    detail: string,
    to?: string,
  ) => Promise<void>;
  /** Lets go of a claim that the token holds until an instant (epoch ms); then it comes again by itself. */
  readonly hold: (key: Key, token: string, hold: Hold) => Promise<void>;
};

/** Until when a mail waits (epoch ms), and why, as a code. `asked` is kept with it: what it was asked for by, as text. */
export type Hold = { readonly until: number; readonly why: string; readonly asked?: string };

/** Why a mail is not to be sent, as a code. `counts`: as if it had been sent, so that it is not given back. */
export type Skip = { readonly skip: string; readonly counts?: true };

/** What there is to send; or why nothing is, now or ever. */
export type Prepared = Mail | Skip | { readonly hold: Hold };

export type SendOnceDeps<Key> = {
  readonly claims: Claims<Key>;
  /** Takes back what preparing the mail has counted, before anybody else may take it up: it was certainly not sent. */
  readonly giveBack?: (key: Key) => Promise<void>;
  /** The tag comes back in what SES tells of the mail; it says nothing about anybody. */
  readonly send: (mail: Mail, tag: string) => Promise<Outcome>;
};

export type Sent =
  | { readonly kind: 'sent' | 'settled' | 'busy' | 'lost' }
  | { readonly kind: 'skipped' | 'held'; readonly why: string }
  | { readonly kind: 'refused' | 'unknown' | 'later'; readonly code: string };

/**
 * Sends a mail at most once, whoever else tries and whatever dies in between: claims it, only then looks whether and
 * what to write, sends it, and notes what became of it. Between claim and note the mail counts as possibly sent.
 * @param prepare the mail, or why none is to be sent. Runs under the claim, so what was withdrawn before it is seen.
 * @throws what `prepare` and the claims throw; a claim that certainly sent nothing is released first
 */
export const sendOnce =
  <Key>({ claims, send, giveBack = async () => {} }: SendOnceDeps<Key>) =>
  async (key: Key, prepare: () => Promise<Prepared>): Promise<Sent> => {
    const claim = await claims.claim(key);
    if (claim.kind !== 'mine') return claim;
    const mark = (state: Exclude<MailState, 'held'>, detail: string, to?: string) =>
      claims.mark(key, claim.token, state, detail, to);
    const unsent = async (note: () => Promise<void>): Promise<void> => {
      try {
        await giveBack(key);
      } catch (error) {
        await mark('released', 'not-given-back');
        throw error;
      }
      await note();
    };

    let mail: Prepared;
    try {
      mail = await prepare();
    } catch (error) {
      await mark('released', 'not-prepared');
      throw error;
    }
    if ('skip' in mail) {
      const { skip, counts = false } = mail;
      const note = () => mark('skipped', skip);
      await (counts ? note() : unsent(note));
      return { kind: 'skipped', why: skip };
    }
    if ('hold' in mail) {
      const { hold } = mail;
      await unsent(() => claims.hold(key, claim.token, hold));
      return { kind: 'held', why: hold.why };
    }

    const outcome = await send(mail, claim.tag);
    switch (outcome.kind) {
      case 'sent':
        await mark('sent', outcome.messageId, mail.to);
        return { kind: 'sent' };
      case 'later':
        if (outcome.until !== undefined) {
          const { until, code } = outcome;
          await unsent(() => claims.hold(key, claim.token, { until, why: code }));
          return { kind: 'held', why: outcome.code };
        }
        await unsent(() => mark('released', outcome.code));
        return { kind: 'later', code: outcome.code };
      case 'refused':
        await unsent(() => mark('refused', outcome.code));
        return outcome;
      case 'unknown':
        await mark('unknown', outcome.code, mail.to);
        return outcome;
      default:
        return unreachable(outcome);
    }
  };
