import type { Heard, Whom } from '../mailing/heard.ts';
import type { Draw } from '../mailing/measuring/draw.ts';
import { type AddressKeyTools, type AddressName, addressNaming } from './address-key.ts';
import type { Table } from './batch-get.ts';
import { marketingStore } from './marketing-store.ts';
import { suppressionStore } from './suppression-store.ts';
import { tombstoneStore } from './tombstone-store.ts';

/** How old may be what is known of the switch that stops marketing, ms. */
const SWITCH_AGE = 60_000;

/** Draws with the key by which addresses are named: nobody can foretell it who lacks that. */
export const drawing =
  (nameOf: AddressName): Draw =>
  (trial, person) =>
    nameOf(JSON.stringify(['trial', trial, person]));

/** What is known of members beside their records: of their addresses, of whoever had them before, and of marketing. */
export const hearsayStore = (members: Table, config: AddressKeyTools & { readonly now: () => number }) => {
  const nameOf = addressNaming(config);
  const { addressRecord } = suppressionStore({ ...members, nameOf });
  const { tombstones } = tombstoneStore({ ...members, nameOf });
  const { marketing } = marketingStore(config);
  const draw = drawing(nameOf);
  return async ({ member, firstId = member, addresses }: Whom, trials: readonly string[]): Promise<Heard> => {
    const [records, graves, stopped, draws] = await Promise.all([
      Promise.all(addresses.map(async (address) => [address, await addressRecord(address)] as const)),
      tombstones(member, addresses.at(-1)),
      marketing(SWITCH_AGE),
      Promise.all(trials.map(async (trial) => [trial, await draw(trial, firstId)] as const)),
    ]);
    return { addresses: new Map(records), tombstones: graves, marketing: stopped, draws: new Map(draws) };
  };
};
