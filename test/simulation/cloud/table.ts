import type { TableBlueprint } from '../../../infra/local/template/tables.ts';
import { bytesOf, type Item } from './attribute-values.ts';
import { invalid } from './dynamodb-errors.ts';
import { keySchema, primaryKey } from './key-schema.ts';
import { type Entry, ordered } from './ordered.ts';
import { secondaryIndex } from './secondary-index.ts';

/** Bytes. */
const MOST_IN_ITEM = 409_600;

/** Where an item of some key is, or would be. */
type Spot = Pick<Entry, 'partition' | 'place'> & { readonly entry: Entry | undefined };

/** The items of one table and of its indexes. */
export const memoryTable = (definition: TableBlueprint) => {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes } = definition;
  const keys = keySchema(KeySchema, AttributeDefinitions);
  const items = ordered();
  const indexes = new Map(
    GlobalSecondaryIndexes.map((index) => [index.IndexName, secondaryIndex(index, AttributeDefinitions, keys)]),
  );

  const all = [...indexes.values()];

  /** Throws where the item has no key. */
  const spotOf = (item: Item): Spot => {
    const { partition, place } = primaryKey(item, keys);
    return { partition, place, entry: items.find(partition, place) };
  };

  return {
    name: definition.name,
    keys,
    items,
    indexes,
    spotOf,
    /** What is under a key. Throws where it is no key. */
    at: (key: Item): Spot => {
      for (const name in key) {
        if (name !== keys.partition.name && name !== keys.sort.name) throw invalid('The key does not match the schema');
      }
      return spotOf(key);
    },
    /** Puts an item on the spot of its key, in every index too, or nowhere: then it throws. */
    put: ({ partition, place, entry }: Spot, item: Item): void => {
      const bytes = bytesOf(item);
      if (bytes > MOST_IN_ITEM) throw invalid('Item size has exceeded the maximum allowed size');
      const changes = all.map((index) => index.change(entry?.item, item));
      items.put({ partition, place, item, bytes });
      for (const [i, change] of changes.entries()) if (change) all[i]?.carryOut(change);
    },
    remove: (entry: Entry): void => {
      items.remove(entry);
      for (const index of all) {
        const change = index.change(entry.item, undefined);
        if (change) index.carryOut(change);
      }
    },
  };
};
export type Table = ReturnType<typeof memoryTable>;
