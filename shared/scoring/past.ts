import type { EventLeaf } from './condition.ts';
import type {
  AfterCondition,
  CountCondition,
  FirstCondition,
  HistoryCondition,
  LastCondition,
} from './history-condition.ts';

/** What `first` and `after` ask of the past, in the general words: the event itself is not among what was before it. */
export const inGeneral = (leaf: FirstCondition | AfterCondition): CountCondition | LastCondition =>
  'first' in leaf
    ? { count: leaf.first, where: leaf.where, eq: 0 }
    : { last: leaf.after, where: leaf.where, gte: '0 minutes', lte: leaf.within };

/** What a test asks of the member's past; undefined where it asks of something else. */
export const asksOfPast = (leaf: EventLeaf): HistoryCondition | undefined => {
  if ('first' in leaf || 'after' in leaf) return inGeneral(leaf);
  return 'count' in leaf || 'last' in leaf || 'streak' in leaf || 'sequence' in leaf ? leaf : undefined;
};
