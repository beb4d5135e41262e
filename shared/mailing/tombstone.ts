import * as z from 'zod';
import { OWN_SOURCE } from '../../events/envelope.ts';
import { withRefusal } from '../scoring/consents.ts';
import type { Profile } from '../scoring/standing.ts';

/** What is kept of somebody who was erased, so that a no outlives them: no name, no id, no address. Epoch ms. */
export const Tombstone = z.object({
  /** What happened up to then does not count any more, and what is kept of it is to go. */
  erasedAt: z.int(),
  /** When it was asked for last; left out: at that instant. */
  askedAt: z.int().exactOptional(),
  /** By purpose; `own` where they said it themselves. */
  refusals: z.record(z.string(), z.object({ at: z.int(), own: z.boolean() })),
});
export type Tombstone = z.infer<typeof Tombstone>;

/** A tombstone, and whether it was found by the id of a member or by an address. */
export type Grave = Tombstone & { readonly of: 'member' | 'address' };

/** Stands for whichever source said no; the name of it went with the rest. */
const SOMEBODY = 'erased';

/** What outlives a person who is erased. */
export const tombstoneOf = ({ consents }: Profile, erasedAt: number): Tombstone => ({
  erasedAt,
  refusals: Object.fromEntries(
    Object.entries(consents)
      .filter(([, { given }]) => !given)
      .map(([purpose, { at, source }]) => [purpose, { at, own: source === OWN_SOURCE }]),
  ),
});

/** What is known of somebody who came back, with what they had said no to. */
export const withTombstone = (profile: Profile, { refusals }: Pick<Tombstone, 'refusals'>): Profile =>
  Object.entries(refusals).reduce(
    (known, [purpose, { at, own }]) =>
      withRefusal(known, purpose, { given: false, at, source: own ? OWN_SOURCE : SOMEBODY }),
    profile,
  );

/** The same, with a no that they said themselves once more (epoch ms). */
export const refusing = (tombstone: Tombstone, purpose: string, at: number): Tombstone => {
  const said = tombstone.refusals[purpose];
  const isKnown = said?.own === true && said.at >= at;
  return isKnown ? tombstone : { ...tombstone, refusals: { ...tombstone.refusals, [purpose]: { at, own: true } } };
};

/**
 * Whether a mail or a move was decided for whoever was erased, not for whoever came back since: changes of stage are
 * numbered on from the instant of the erasure.
 */
export const isOfErased = (sequence: number, graves: readonly Grave[]): boolean =>
  graves.some(({ of, erasedAt }) => of === 'member' && sequence <= erasedAt);
