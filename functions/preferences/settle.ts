import type { ActivityMessage } from '../../events/activity-message.ts';
import { ConsentPurpose } from '../../events/purpose.ts';
import { type Choices, untold, withChoices } from '../../shared/mailing/choices.ts';
import { choose, type Wish } from '../../shared/mailing/choose.ts';
import type { Profile } from '../../shared/scoring/standing.ts';
import { WORDING } from './page/words.ts';

export type Person = { readonly profile: Profile; readonly erasedAt?: number | undefined };

export type SettleDeps = {
  /**
   * What the ledger says of a member, and when whoever had the id before was erased (epoch ms); undefined where there is
   * no such member (any more).
   */
  readonly person: (member: string) => Promise<Person | undefined>;
  readonly choices: (member: string) => Promise<Choices | undefined>;
  /** Whether it was written: not if somebody else wrote since it was read, which had this revision; 0 for none. */
  readonly writeChoices: (member: string, choices: Choices, before: number) => Promise<boolean>;
  /** When members were erased, epoch ms; whoever never was is absent. */
  readonly erasedAt: (members: readonly string[]) => Promise<ReadonlyMap<string, number>>;
  /** Somebody who was erased says no (epoch ms): it counts if they come back. */
  readonly refuse: (member: string, purpose: ConsentPurpose, at: number) => Promise<void>;
  /** Removes the choices of before an erasure, epoch ms. */
  readonly removeChoices: (member: string, erasedAt: number) => Promise<unknown>;
  /** For each message whether the queue has it for certain. */
  readonly send: (messages: readonly ActivityMessage[]) => Promise<readonly boolean[]>;
  /** Epoch ms. */
  readonly now: () => number;
};

/** What is known of a member: by the ledger alone, and with what they have said themselves; undefined where nothing is. */
export const knownOf = async (
  { person, choices }: Pick<SettleDeps, 'person' | 'choices'>,
  member: string,
): Promise<{ readonly told: Profile | undefined; readonly known: Profile | undefined }> => {
  const [found, said] = await Promise.all([person(member), choices(member)]);
  const told = found?.profile;
  return { told, known: told && said ? withChoices(told, said) : told };
};

const ATTEMPTS = 5;

/** The profile after it, `gone` where there is no such member, `later` where it has to be tried again. */
export type Settled = Profile | 'gone' | 'later';

/** What was written down of somebody who was erased meanwhile goes again; a no among it is kept as one of theirs. */
const takeBack = async (
  { refuse, removeChoices }: SettleDeps,
  member: string,
  { consents }: Choices,
  erasedAt: number,
): Promise<void> => {
  for (const purpose of ConsentPurpose.options) {
    const said = consents[purpose];
    if (said?.given === false) await refuse(member, purpose, said.at);
  }
  await removeChoices(member, erasedAt);
};

/**
 * Carries out what a member wishes: writes it down where whoever sends mail looks first, then tells the ledger what it
 * does not know yet. So it holds from this moment, and a repetition after any failure completes what is missing.
 * @param wishOf the wish, from what is known at the time of writing
 */
export const settle = async (deps: SettleDeps, member: string, wishOf: (known: Profile) => Wish): Promise<Settled> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [found, before] = await Promise.all([deps.person(member), deps.choices(member)]);
    if (!found) return 'gone';
    const { profile: scored, erasedAt: born = 0 } = found;
    const known = before ? withChoices(scored, before) : scored;
    const after = choose(scored, before, wishOf(known), WORDING, deps.now(), born);
    if (after === undefined) return known;
    if (after !== before) {
      if (!(await deps.writeChoices(member, after, before?.revision ?? 0))) continue;
      // Asked after the write: whoever erases the member and has not seen it is seen here.
      const erased = (await deps.erasedAt([member])).get(member) ?? 0;
      if (erased > born) {
        await takeBack(deps, member, after, erased);
        return 'gone';
      }
    }
    const sent = await deps.send(untold(member, scored, after).map((event) => ({ kind: 'activity', event })));
    return sent.every((one) => one) ? withChoices(scored, after) : 'later';
  }
  return 'later';
};
