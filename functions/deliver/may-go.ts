import type { SendMessage } from '../../events/effect.ts';
import type { Verdict } from '../../shared/mailing/restraint/arbitrate.ts';
import { isUnruled, type Occasion, ruled } from '../../shared/mailing/restraint/ruled.ts';
import { type Tally, withoutWaiting } from '../../shared/mailing/restraint/tally.ts';

export type MayGoDeps = {
  /**
   * Reads what a member was written, and writes what is to become of it; asks again if somebody else writes meanwhile.
   * What whoever had the id was written before they were erased (epoch ms) counts no more.
   */
  readonly reckon: <Result>(
    member: string,
    ask: (tally: Tally) => { readonly tally: Tally; readonly result: Result },
    erasedAt?: number,
  ) => Promise<Result>;
};

/**
 * Whether a message goes now, waits, or is dropped, by the model's contact policy. One that goes is counted; one that
 * would go but is withheld counts as received, and fills no place.
 */
export const mayGo = async ({ reckon }: MayGoDeps, effect: SendMessage, occasion: Occasion): Promise<Verdict> =>
  isUnruled(occasion.model, effect)
    ? { kind: 'go' }
    : reckon(effect.member, (tally) => ruled(effect, occasion, tally), occasion.snapshot.erasedAt);

/** A message that waited is not sent after all, for whatever reason: it waits no more. */
export const waitsNoMore = async ({ reckon }: MayGoDeps, { member, id }: SendMessage): Promise<void> =>
  reckon(member, (tally) => ({ tally: withoutWaiting(tally, id), result: undefined }));
