import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TableBlueprint } from '../../../infra/local/template/tables.ts';
import { bytesOf, type Item } from './attribute-values.ts';
import { type KeySchema, keyScalar, keySchema } from './key-schema.ts';
import { NotUnderstood } from './misuse.ts';
import { comparePlaces, type Entry, type Ordered, ordered } from './ordered.ts';

type Change = { readonly before: Entry | undefined; readonly after: Entry | undefined };

/** How many changes an index can be behind. */
const MOST_LAG = 256;

const isUnchanged = ({ before, after }: Change): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.partition === after.partition &&
  comparePlaces(before.place, after.place) === 0;

const picked = (item: Item, names: readonly string[]): Item => {
  const some: Record<string, AttributeValue> = {};
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) some[name] = value;
  }
  return some;
};

/**
 * A sparse index that holds keys alone: an item is in it as long as it has both its attributes. It keeps its last
 * changes, so that it can be read as it was some changes ago, then as it is, and again as it was.
 */
export const secondaryIndex = (
  definition: TableBlueprint['GlobalSecondaryIndexes'][number],
  attributes: TableBlueprint['AttributeDefinitions'],
  table: KeySchema,
) => {
  if (definition.Projection.ProjectionType !== 'KEYS_ONLY') throw new NotUnderstood('Indexes hold keys alone');
  const keys = keySchema(definition.KeySchema, attributes);
  const names = [...new Set([keys.partition.name, keys.sort.name, table.partition.name, table.sort.name])];
  const entries: Ordered = ordered();
  const changes: Change[] = [];
  /** How many of the changes are in the entries. */
  let applied = 0;

  /** Throws where the item has an attribute of the index that cannot be a key. */
  const entryOf = (item: Item | undefined): Entry | undefined => {
    if (!item) return undefined;
    const partition = keyScalar(item, keys.partition);
    if (partition === undefined && item[keys.sort.name] === undefined) return undefined;
    const sort = keyScalar(item, keys.sort);
    if (partition === undefined || sort === undefined) return undefined;
    const own = [keyScalar(item, table.partition) ?? '', keyScalar(item, table.sort) ?? ''];
    const kept = picked(item, names);
    return { partition, place: [sort, ...own], item: kept, bytes: bytesOf(kept) };
  };

  const replace = (old: Entry | undefined, next: Entry | undefined): void => {
    if (old) entries.remove(old);
    if (next) entries.put(next);
  };

  const moveTo = (target: number): void => {
    for (; applied < target; applied++) replace(changes[applied]?.before, changes[applied]?.after);
    for (; applied > target; applied--) replace(changes[applied - 1]?.after, changes[applied - 1]?.before);
  };

  return {
    keys,
    /** What a write will change here, if anything; throws where the index forbids the write. */
    change: (before: Item | undefined, after: Item | undefined): Change | undefined => {
      const [old, next] = [entryOf(before), entryOf(after)];
      if (old === next) return undefined;
      const change = { before: old, after: next };
      return isUnchanged(change) ? undefined : change;
    },
    carryOut: (change: Change): void => {
      const upToDate = applied === changes.length;
      changes.push(change);
      if (upToDate) moveTo(changes.length);
      if (changes.length < 2 * MOST_LAG) return;
      moveTo(Math.max(applied, MOST_LAG));
      changes.splice(0, MOST_LAG);
      applied -= MOST_LAG;
    },
    /** As it was before the last so many changes. */
    view: (lag: number): Ordered => {
      moveTo(Math.max(0, changes.length - Math.min(lag, MOST_LAG)));
      return entries;
    },
    /** Where a page ended: a key of the index and the table's. Throws where it is none. */
    placeOf: (key: Item): Entry | undefined => entryOf(key),
  };
};
