import { type ActivityEvent, OWN_SOURCE } from '../../../events/envelope.ts';
import { RETRACTED } from '../../../events/event-retracted.ts';
import type { Told } from './tellings.ts';

/** Which mail: its tag, whose it is, and which message of the model. */
export type FollowedMail = { readonly tag: string; readonly member: string; readonly message: string };

/** The id of the event that tells of an act: the same however often it is told. */
export const followedId = (tag: string, { act, machines }: Told): string => {
  const thing = act.kind === 'open' ? 'open' : act.link;
  return `${tag}-${thing}-${act.at}${machines === 0 ? '' : `-${machines}`}`;
};

/** The event that a member opened a mail, or followed a link in it. */
export const followedEvent = ({ tag, member, message }: FollowedMail, told: Told): ActivityEvent => {
  const { act, link } = told;
  return {
    source: OWN_SOURCE,
    id: followedId(tag, told),
    type: act.kind === 'open' ? 'email.opened' : 'email.clicked',
    member,
    time: act.at,
    data: { message, ...(act.kind === 'click' && link !== undefined ? { link } : {}) },
  };
};

/** The event that takes that one back. Of the same instant, so that both are of the same life of the member. */
export const takenBack = ({ tag, member }: FollowedMail, told: Told): ActivityEvent => {
  const id = followedId(tag, told);
  return { source: OWN_SOURCE, id: `${id}-retracted`, type: RETRACTED, member, time: told.act.at, data: { id } };
};
