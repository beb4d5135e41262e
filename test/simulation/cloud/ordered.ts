import { compareScalars, type Item, type Scalar } from './attribute-values.ts';

/** An item where it stands in a partition: by its sort key, and among equal ones by its other keys. */
export type Entry = {
  readonly partition: Scalar;
  readonly place: readonly Scalar[];
  readonly item: Item;
  readonly bytes: number;
};

export const comparePlaces = (a: readonly Scalar[], b: readonly Scalar[]): number => {
  for (let i = 0; i < a.length; i++) {
    const order = compareScalars(a[i] ?? '', b[i] ?? '');
    if (order !== 0) return order;
  }
  return 0;
};

/** Where the place is in the list, or would be. */
const positionOf = (entries: readonly Entry[], place: readonly Scalar[]): number => {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePlaces(entries[middle]?.place ?? [], place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Partitions, each in order. */
export const ordered = () => {
  const partitions = new Map<Scalar, Entry[]>();

  const find = (partition: Scalar, place: readonly Scalar[]): Entry | undefined => {
    const entries = partitions.get(partition);
    const found = entries?.[positionOf(entries, place)];
    return found && comparePlaces(found.place, place) === 0 ? found : undefined;
  };

  return {
    find,
    /** All of a partition in order; not to be kept. */
    partition: (partition: Scalar): readonly Entry[] => partitions.get(partition) ?? [],
    all: (): Entry[] => [...partitions.values()].flat(),
    put: (entry: Entry): void => {
      const entries = partitions.get(entry.partition);
      if (!entries) {
        partitions.set(entry.partition, [entry]);
        return;
      }
      const at = positionOf(entries, entry.place);
      const there = entries[at];
      entries.splice(at, there && comparePlaces(there.place, entry.place) === 0 ? 1 : 0, entry);
    },
    remove: ({ partition, place }: Pick<Entry, 'partition' | 'place'>): void => {
      const entries = partitions.get(partition) ?? [];
      if (find(partition, place)) entries.splice(positionOf(entries, place), 1);
    },
  };
};
export type Ordered = ReturnType<typeof ordered>;
