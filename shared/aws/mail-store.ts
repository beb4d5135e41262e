import type { Claims } from '../mailing/send-once.ts';
import { type ClaimTools, claims } from './claims.ts';
import { mailKey, memberKey } from './keys.ts';

/** A mail that a member's effect asks for. */
export type MailKey = { readonly member: string; readonly effect: string };

/** The mails of effects, each an item beside the member's record: so one query exports them, one erasure removes them. */
export const mailStore = (tools: ClaimTools): Claims<MailKey> => {
  const { claim, mark } = claims(tools);
  const keyOf = ({ member, effect }: MailKey) => ({ partition: memberKey(member), sort: mailKey(effect) });
  return {
    claim: (key) => claim(keyOf(key)),
    mark: (key, token, state, detail) => mark(keyOf(key), token, state, detail),
  };
};
