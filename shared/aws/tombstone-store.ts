import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { bareAddress } from '../mailing/feedback/address-notes.ts';
import { Tombstone } from '../mailing/tombstone.ts';
import type { AddressName } from './address-key.ts';
import { batchGet, type Table } from './batch-get.ts';
import { PARTITION, SORT, TOMBSTONE, TOMBSTONE_PREFIX } from './keys.ts';

const Row = z.object({ [PARTITION]: z.string(), body: z.string() });

/** What is kept of those who were erased, under keyed hashes of their id and of their address: nobody can read either. */
export const tombstoneStore = ({ nameOf, ...tools }: Table & { readonly nameOf: AddressName }) => {
  const key = async (what: string) => ({ [PARTITION]: TOMBSTONE_PREFIX + (await nameOf(what)), [SORT]: TOMBSTONE });
  const ofMember = (member: string) => key(`member ${member}`);
  const ofAddress = (address: string) => key(`address ${bareAddress(address)}`);
  const put = async (place: Record<string, string>, tombstone: Tombstone): Promise<void> => {
    const Item = marshall({ ...place, body: JSON.stringify(tombstone) });
    await tools.client.send(new PutItemCommand({ TableName: tools.table, Item }));
  };
  const at = async (places: readonly Record<string, string>[]): Promise<ReadonlyMap<string, Tombstone>> => {
    const rows = await batchGet(
      tools,
      places.map((place) => marshall(place)),
    );
    return new Map(
      rows.map((row) => {
        const { [PARTITION]: partition, body } = Row.parse(unmarshall(row));
        return [partition, Tombstone.parse(JSON.parse(body))];
      }),
    );
  };

  return {
    /** Of somebody with this id, and of somebody with this address. Strongly consistent. */
    async tombstones(member: string, address: string | undefined): Promise<readonly Tombstone[]> {
      const places = [await ofMember(member), ...(address === undefined ? [] : [await ofAddress(address)])];
      return [...(await at(places)).values()];
    },
    /** When each of these members was erased, epoch ms; whoever never was is absent. */
    async erasedAt(members: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const named = await Promise.all(members.map(async (member) => ({ member, place: await ofMember(member) })));
      const found = await at(named.map(({ place }) => place));
      return new Map(
        named.flatMap(({ member, place }) => {
          const tombstone = found.get(place[PARTITION] ?? '');
          return tombstone ? [[member, tombstone.erasedAt]] : [];
        }),
      );
    },
    /** Notes of somebody who was erased that they said no once more; of nobody else. `at` is in epoch ms. */
    async refuse(member: string, purpose: string, saidAt: number): Promise<void> {
      const place = await ofMember(member);
      const [tombstone] = (await at([place])).values();
      if (!tombstone) return;
      const refusals = { ...tombstone.refusals, [purpose]: { at: saidAt, own: true } };
      await put(place, { ...tombstone, refusals });
    },
    async bury(member: string, address: string | undefined, tombstone: Tombstone): Promise<void> {
      await put(await ofMember(member), tombstone);
      if (address !== undefined) await put(await ofAddress(address), tombstone);
    },
  };
};
