import type { ActivityEvent } from '../../events/envelope.ts';
import { TRACKING } from '../../events/purpose.ts';
import type { Profile } from './standing.ts';

/** What can be known only by following somebody in their mails. */
const followed: ReadonlySet<string> = new Set(['email.opened', 'email.clicked']);

/** Whether somebody has agreed that it is noted whether they open mails and follow links in them. */
export const mayFollow = ({ consents }: Pick<Profile, 'consents'>): boolean => consents[TRACKING]?.given === true;

/**
 * Whether an event counts for nothing, whatever the model says: an open or a click of somebody who had not agreed to be
 * followed when it happened, whichever source reports it.
 * @param profile as of the event
 */
export const isMuted = ({ type }: Pick<ActivityEvent, 'type'>, profile: Pick<Profile, 'consents'>): boolean =>
  followed.has(type) && !mayFollow(profile);
