import { type ActivityEvent, OWN_SOURCE } from '../../../events/envelope.ts';
import type { Act } from './acts.ts';

/** Which mail: its tag, whose it is, and which message of the model. */
export type FollowedMail = { readonly tag: string; readonly member: string; readonly message: string };

/**
 * The event that a member opened a mail, or followed a link in it; the same id, however often they do.
 * @param link the address, without what may say of whom it is
 */
export const followedEvent = (
  { tag, member, message }: FollowedMail,
  act: Act,
  link: string | undefined,
): ActivityEvent => ({
  source: OWN_SOURCE,
  id: act.kind === 'open' ? `${tag}-open` : `${tag}-${act.link}`,
  type: act.kind === 'open' ? 'email.opened' : 'email.clicked',
  member,
  time: act.at,
  data: { message, ...(act.kind === 'click' && link !== undefined ? { link } : {}) },
});
