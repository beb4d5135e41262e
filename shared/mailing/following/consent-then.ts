import type { ActivityEvent } from '../../../events/envelope.ts';
import { TRACKING } from '../../../events/purpose.ts';
import { mayFollow } from '../../scoring/muted.ts';
import { comparePositions } from '../../scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../scoring/profile.ts';
import type { Profile } from '../../scoring/standing.ts';
import { type Choices, withChoices, withOwnWords } from '../choices.ts';

/** What is known of the person beside all that happened: what they have said themselves, told to the ledger or not yet. */
type Person = { readonly member: string; readonly choices: Choices | undefined };

/**
 * Whether somebody had agreed to be followed at an instant (epoch ms) and has not taken it back since.
 * @param ledger all that happened
 */
export const hadAgreed = ({ member, choices }: Person, ledger: readonly ActivityEvent[], instant: number): boolean => {
  const all = (choices ? withOwnWords(member, ledger, choices) : ledger).toSorted(comparePositions);
  const mayUntil = (until: number) => mayFollow(all.filter(({ time }) => time <= until).reduce(withEvent, NO_PROFILE));
  return mayUntil(instant) && mayUntil(Number.POSITIVE_INFINITY);
};

/**
 * The same, by what is known of them now, which is the last word of each kind: a yes of before the instant held then, and
 * without a yes there is none. Undefined where only all that happened can tell: when the yes is later, there may have been
 * another before it; and where their own no and a yes of others do not agree, it is their order that counts.
 * @param profile as all that happened has it
 */
export const hadAgreedBy = (profile: Profile, choices: Choices | undefined, instant: number): boolean | undefined => {
  const chosen = choices ? withChoices(profile, choices) : profile;
  const yes = mayFollow(chosen) ? chosen.consents[TRACKING] : undefined;
  if (yes) return yes.at <= instant ? true : undefined;
  return mayFollow(profile) ? undefined : false;
};
