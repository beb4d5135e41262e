import type { ActivityEvent } from '../../../events/envelope.ts';
import { TRACKING } from '../../../events/purpose.ts';
import { mayFollow } from '../../scoring/muted.ts';
import { comparePositions } from '../../scoring/position.ts';
import { NO_PROFILE, withEvent } from '../../scoring/profile.ts';
import type { Profile } from '../../scoring/standing.ts';
import { type Choices, withChoices, withOwnWords } from '../choices.ts';
import { type Tombstone, withTombstone } from '../tombstone.ts';

/** What there is to know of somebody's consent beside their events. */
export type Beside = {
  /** What they have said themselves, told to the ledger or not yet. */
  readonly choices: Choices | undefined;
  /** What they had said no to before they were erased and came back. */
  readonly graves: readonly Pick<Tombstone, 'refusals'>[];
};

/** What of the refusals had been said by an instant, epoch ms. */
const saidBy = (graves: Beside['graves'], instant: number): Beside['graves'] =>
  graves.map(({ refusals }) => ({
    refusals: Object.fromEntries(Object.entries(refusals).filter(([, { at }]) => at <= instant)),
  }));

/**
 * Whether somebody had agreed to be followed at an instant (epoch ms) and has not taken it back since.
 * @param ledger all that happened
 */
export const hadAgreed = (
  member: string,
  ledger: readonly ActivityEvent[],
  { choices, graves }: Beside,
  instant: number,
): boolean => {
  const all = (choices ? withOwnWords(member, ledger, choices) : ledger).toSorted(comparePositions);
  const mayUntil = (until: number) => {
    const lived = all.filter(({ time }) => time <= until).reduce(withEvent, NO_PROFILE);
    return mayFollow(saidBy(graves, until).reduce(withTombstone, lived));
  };
  return mayUntil(instant) && mayUntil(Number.POSITIVE_INFINITY);
};

/**
 * The same, by what is known of them now, which is the last word of each kind: a yes of before the instant held then, and
 * without a yes there is none. Undefined where only all that happened can tell: when the yes is later, there may have been
 * another before it; and where their own no and a yes of others do not agree, it is their order that counts.
 * @param profile as all that happened has it
 */
export const hadAgreedBy = (profile: Profile, { choices, graves }: Beside, instant: number): boolean | undefined => {
  const chosen = choices ? withChoices(profile, choices) : profile;
  if (!mayFollow(chosen)) return mayFollow(profile) ? undefined : false;
  const yes = graves.reduce(withTombstone, chosen).consents[TRACKING];
  if (!yes?.given) return false;
  return yes.at <= instant ? true : undefined;
};
