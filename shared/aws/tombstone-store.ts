import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { canonicalJson } from '../kernel/json.ts';
import { bareAddress } from '../mailing/feedback/address-notes.ts';
import { type Grave, refusing, Tombstone } from '../mailing/tombstone.ts';
import type { AddressName } from './address-key.ts';
import { batchGet, type Table } from './batch-get.ts';
import { held } from './held.ts';
import { PARTITION, SORT, TOMBSTONE, TOMBSTONE_PREFIX } from './keys.ts';

const Row = z.object({ [PARTITION]: z.string(), body: z.string() });

const ATTEMPTS = 12;

/** Others kept changing the same tombstone. The message comes back to the queue. */
class TombstoneContended extends Error {
  override readonly name = 'TombstoneContended';
}

/** What is found at a place, and the text that stands there. */
type Found = { readonly tombstone: Tombstone; readonly body: string };

/**
 * What is kept of those who were erased, under keyed hashes of their id and of their address: nobody can read either. Each
 * write asks for what was read, so that no word of anybody is lost to another's.
 */
export const tombstoneStore = ({ nameOf, ...tools }: Table & { readonly nameOf: AddressName }) => {
  const keyOf = async (what: string) => TOMBSTONE_PREFIX + (await nameOf(what));
  const ofMember = (member: string) => keyOf(`member ${member}`);
  const ofAddress = (address: string) => keyOf(`address ${bareAddress(address)}`);

  /** Whether it was written: not if somebody else wrote since it was read. */
  const put = (partition: string, before: Found | undefined, tombstone: Tombstone): Promise<boolean> =>
    held(
      tools.client.send(
        new PutItemCommand({
          TableName: tools.table,
          Item: marshall({ [PARTITION]: partition, [SORT]: TOMBSTONE, body: JSON.stringify(tombstone) }),
          ConditionExpression: before ? '#body = :before' : 'attribute_not_exists(#body)',
          ExpressionAttributeNames: { '#body': 'body' },
          ...(before ? { ExpressionAttributeValues: marshall({ ':before': before.body }) } : {}),
        }),
      ),
    );
  const at = async (partitions: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
    const places = [...new Set(partitions)].map((partition) => marshall({ [PARTITION]: partition, [SORT]: TOMBSTONE }));
    return new Map(
      (await batchGet(tools, places)).map((row) => {
        const { [PARTITION]: partition, body } = Row.parse(unmarshall(row));
        return [partition, { body, tombstone: Tombstone.parse(JSON.parse(body)) }];
      }),
    );
  };

  return {
    /** Of somebody with this id, and of somebody with this address. Strongly consistent. */
    async tombstones(member: string, address: string | undefined): Promise<readonly Grave[]> {
      const places = [
        { of: 'member' as const, partition: await ofMember(member) },
        ...(address === undefined ? [] : [{ of: 'address' as const, partition: await ofAddress(address) }]),
      ];
      const found = await at(places.map(({ partition }) => partition));
      return places.flatMap(({ of, partition }) => {
        const tombstone = found.get(partition)?.tombstone;
        return tombstone ? [{ ...tombstone, of }] : [];
      });
    },
    /** When each of these members was erased, epoch ms; whoever never was is absent. Strongly consistent. */
    async erasedAt(members: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const named = await Promise.all(members.map(async (member) => ({ member, place: await ofMember(member) })));
      const found = await at(named.map(({ place }) => place));
      return new Map(
        named.flatMap(({ member, place }) => {
          const tombstone = found.get(place)?.tombstone;
          return tombstone ? [[member, tombstone.erasedAt]] : [];
        }),
      );
    },
    /** Notes of somebody who was erased that they said no once more (epoch ms); of nobody else. */
    async refuse(member: string, purpose: string, saidAt: number): Promise<void> {
      const place = await ofMember(member);
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const before = (await at([place])).get(place);
        const after = before && refusing(before.tombstone, purpose, saidAt);
        if (!before || !after || after === before.tombstone || (await put(place, before, after))) return;
      }
      throw new TombstoneContended('A tombstone is written by too many at once');
    },
    /**
     * Puts what is to be kept in the place of a member and of their address, unless it lies there.
     * @param bury asked for it with what lies there; again when somebody else has written in between
     * @returns what lies in the place of the member now
     * @throws when that never ends
     */
    async bury<Kept extends Tombstone | undefined>(
      member: string,
      address: string | undefined,
      bury: (graves: readonly Grave[]) => Kept,
    ): Promise<Kept> {
      const mine = await ofMember(member);
      const theirs = address === undefined ? undefined : await ofAddress(address);
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const found = await at(theirs === undefined ? [mine] : [mine, theirs]);
        const [own, other] = [found.get(mine), theirs === undefined ? undefined : found.get(theirs)];
        const kept = bury([
          ...(own ? [{ ...own.tombstone, of: 'member' as const }] : []),
          ...(other ? [{ ...other.tombstone, of: 'address' as const }] : []),
        ]);
        if (!kept) return kept;
        const isThere = (place: string, before: Found | undefined) =>
          (before && canonicalJson(before.tombstone) === canonicalJson(kept)) || put(place, before, kept);
        if ((await isThere(mine, own)) && (theirs === undefined || (await isThere(theirs, other)))) return kept;
      }
      throw new TombstoneContended('A tombstone is written by too many at once');
    },
  };
};
