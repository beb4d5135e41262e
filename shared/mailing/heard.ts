import type { Purpose } from '../../events/purpose.ts';
import type { Model } from '../scoring/model.ts';
import type { Profile } from '../scoring/standing.ts';
import { type Barred, barred, type Hearsaid } from './barred.ts';
import type { AddressNote } from './feedback/address-notes.ts';
import type { MarketingSwitch } from './feedback/marketing-switch.ts';
import type { SoftBounces } from './feedback/suppression.ts';
import { armAt, placeOf } from './measuring/draw.ts';
import { HELD_OUT, trialsOf } from './measuring/trials.ts';
import { type Tombstone, withTombstone } from './tombstone.ts';

/** What there is to know of a member beside their events: of their addresses, and of somebody who was erased. */
export type Heard = {
  readonly addresses: ReadonlyMap<string, { readonly notes: readonly AddressNote[]; readonly liftedAt?: number }>;
  readonly tombstones: readonly Tombstone[];
  /** As it is now: when it was stopped before, nobody knows any more. */
  readonly marketing: MarketingSwitch;
  /** What was drawn for them, by the id of the trial. */
  readonly draws: ReadonlyMap<string, string>;
};

/** A member, by the id that they have and the one that they had first where it is another, with all addresses that they had. */
export type Whom = {
  readonly member: string;
  readonly firstId?: string | undefined;
  readonly addresses: readonly string[];
};

export const NOTHING_HEARD: Heard = { addresses: new Map(), tombstones: [], marketing: {}, draws: new Map() };

const heardBy = (heard: Heard, address: string, at: number): Hearsaid => {
  const { notes, liftedAt } = heard.addresses.get(address) ?? { notes: [] };
  const { stopped } = heard.marketing;
  return {
    notes: notes.filter((note) => note.at <= at),
    ...(liftedAt !== undefined && liftedAt <= at ? { liftedAt } : {}),
    marketing: stopped && stopped.at <= at ? { stopped } : {},
  };
};

/** Whether what had come back of earlier mails by an instant (epoch ms) forbids to write to an address. */
export const barredAt = (
  purpose: Purpose,
  heard: Heard,
  address: string,
  softBounces: SoftBounces,
  at: number,
): Barred | undefined => barred(purpose, heardBy(heard, address, at), softBounces);

/** What is known of somebody, with what they had said no to before they were erased and came back. */
export const withGraves = (profile: Profile, { tombstones }: Heard): Profile =>
  tombstones.reduce(withTombstone, profile);

/** Whether a member does not get a message, so that it can be told what it does. */
export const isWithheld = (model: Pick<Model, 'holdOut' | 'messages'>, message: string, { draws }: Heard): boolean =>
  trialsOf(model, message).some((trial) => {
    const drawn = draws.get(trial.id);
    return drawn !== undefined && armAt(placeOf(drawn), trial) === HELD_OUT;
  });
