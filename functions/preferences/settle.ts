import type { ActivityMessage } from '../../events/activity-message.ts';
import { type Choices, untold, withChoices } from '../../shared/mailing/choices.ts';
import { choose, type Wish } from '../../shared/mailing/choose.ts';
import type { Profile } from '../../shared/scoring/standing.ts';
import { WORDING } from './page/words.ts';

export type SettleDeps = {
  /** What the ledger says of a member; undefined where there is no such member (any more). */
  readonly profile: (member: string) => Promise<Profile | undefined>;
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** Whether it was written: not if somebody else wrote since it was read. */
  readonly writeChoices: (member: string, choices: Choices) => Promise<boolean>;
  /** For each message whether the queue has it for certain. */
  readonly send: (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What is known of a member, with what they have said themselves; undefined where nothing is. */
export const knownProfile = async (
  { profile, choices }: Pick<SettleDeps, 'profile' | 'choices'>,
  member: string,
): Promise<Profile | undefined> => {
  const [scored, said] = await Promise.all([profile(member), choices(member)]);
  return scored && said ? withChoices(scored, said) : scored;
};

const ATTEMPTS = 5;

/** The profile after it, `gone` where there is no such member, `later` where it has to be tried again. */
export type Settled = Profile | 'gone' | 'later';

/**
 * Carries out what a member wishes: writes it down where whoever sends mail looks first, then tells the ledger what it
 * does not know yet. So it holds from this moment, and a repetition after any failure completes what is missing.
 * @param wishOf the wish, from what is known at the time of writing
 */
export const settle = async (deps: SettleDeps, member: string, wishOf: (known: Profile) => Wish): Promise<Settled> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [scored, before] = await Promise.all([deps.profile(member), deps.choices(member)]);
    if (!scored) return 'gone';
    const known = before ? withChoices(scored, before) : scored;
    const after = choose(scored, before, wishOf(known), WORDING, deps.now());
    if (after === undefined) return known;
    if (after !== before && !(await deps.writeChoices(member, after))) continue;
    const sent = await deps.send(untold(member, scored, after).map((event) => ({ kind: 'activity', event })));
    return sent.every((one) => one) ? withChoices(scored, after) : 'later';
  }
  return 'later';
};
