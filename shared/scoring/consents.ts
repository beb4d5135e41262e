import { OWN_SOURCE } from '../../events/envelope.ts';
import type { Consent, Profile } from './standing.ts';

const isOwn = ({ source }: Consent): boolean => source === OWN_SOURCE;

/**
 * Whether a yes counts although a no was said before it. What somebody said no to themselves (with a click in a mail, on
 * their page) is not undone by a source that keeps reporting an old yes: only by themselves, or by a later yes that
 * names the text they agreed to. At the same instant no wins.
 */
const lifts = (yes: Consent, no: Consent): boolean => {
  if (yes.at <= no.at) return false;
  return !isOwn(no) || isOwn(yes) || yes.wording !== undefined;
};

/** The consents after somebody agreed or declined. What is said must be no older than what is known. */
export const withConsent = (profile: Profile, purpose: string, said: Consent): Profile => {
  const known = profile.consents[purpose];
  // A no of their own also outlives the no of a source, which the next yes of that source would undo.
  const stays = known && !known.given && (said.given ? !lifts(said, known) : isOwn(known) && !isOwn(said));
  if (stays) return profile;
  return { ...profile, consents: { ...profile.consents, [purpose]: said } };
};

/** The consents with a no that may be older than what is known: a yes stays that would have counted after it. */
export const withRefusal = (profile: Profile, purpose: string, no: Consent): Profile => {
  const known = profile.consents[purpose];
  const stays = known && (known.given ? lifts(known, no) : isOwn(known) && known.at > no.at);
  return stays ? profile : { ...profile, consents: { ...profile.consents, [purpose]: no } };
};
