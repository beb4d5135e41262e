import { type DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type AddressNote, bareAddress, type NotedAddress } from '../mailing/feedback/address-notes.ts';
import type { AddressName } from './address-key.ts';
import { ADDRESS_PREFIX, PARTITION, SORT } from './keys.ts';

const Row = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['hard', 'complaint', 'soft']), at: z.int(), mail: z.string() }),
  z.object({ kind: z.literal('lifted'), at: z.int() }),
]);

/** All that was noted of an address; what was noted up to `liftedAt` (epoch ms) a person has declared void. */
export type AddressRecord = { readonly notes: readonly AddressNote[]; readonly liftedAt?: number };

export type SuppressionTools = {
  readonly client: DynamoDBClient;
  /** The table `members`. */
  readonly table: string;
  readonly nameOf: AddressName;
};

/**
 * What was noted of addresses: an item for each note, under a key that follows from the note alone. So any order and any
 * repetition of noting ends in the same, and nobody can read an address from it.
 */
export const suppressionStore = ({ client, table, nameOf }: SuppressionTools) => {
  const put = async (address: string, sort: string, row: z.infer<typeof Row>): Promise<void> => {
    const key = { [PARTITION]: ADDRESS_PREFIX + (await nameOf(bareAddress(address))), [SORT]: sort };
    await client.send(new PutItemCommand({ TableName: table, Item: marshall({ ...key, ...row }) }));
  };

  return {
    noteAddress: ({ address, note }: NotedAddress): Promise<void> =>
      put(address, `${note.kind}#${note.at}#${note.mail}`, note),
    /** From now on what was noted until then (epoch ms) counts no more. */
    liftAddress: (address: string, at: number): Promise<void> => put(address, 'lifted', { kind: 'lifted', at }),
    /** Strongly consistent. */
    async addressRecord(address: string): Promise<AddressRecord> {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: '#p = :p',
          ExpressionAttributeNames: { '#p': PARTITION },
          ExpressionAttributeValues: marshall({ ':p': ADDRESS_PREFIX + (await nameOf(bareAddress(address))) }),
          ConsistentRead: true,
        },
      );
      const rows: z.infer<typeof Row>[] = [];
      for await (const { Items = [] } of pages) rows.push(...Items.map((item) => Row.parse(unmarshall(item))));
      const notes = rows.flatMap((row) => (row.kind === 'lifted' ? [] : [row]));
      const lifted = rows.find(({ kind }) => kind === 'lifted');
      return { notes, ...(lifted ? { liftedAt: lifted.at } : {}) };
    },
  };
};
