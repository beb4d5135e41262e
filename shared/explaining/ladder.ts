import type { Combined, EventLeaf, MemberCondition } from '../scoring/condition.ts';
import type { Journey, Stage } from '../scoring/model.ts';

/** Whether a test comes true by falling silent, by losing points, or by something that ends. */
const isFall = (leaf: EventLeaf): boolean => {
  if ('attribute' in leaf) return leaf.eq === false || leaf.exists === false;
  if ('score' in leaf || 'count' in leaf) {
    const above = leaf.gt !== undefined || leaf.gte !== undefined;
    return !above && (leaf.lt !== undefined || leaf.lte !== undefined);
  }
  if ('last' in leaf || ('since' in leaf && leaf.since === 'activity')) {
    return leaf.gt !== undefined || leaf.gte !== undefined;
  }
  return false;
};
/** Whether a test comes true by doing something. */
const isRise = (leaf: EventLeaf): boolean => {
  if ('score' in leaf || 'count' in leaf) return leaf.gt !== undefined || leaf.gte !== undefined;
  if ('last' in leaf || ('since' in leaf && leaf.since === 'activity')) return !isFall(leaf);
  return 'streak' in leaf;
};

const falls = (condition: Combined<EventLeaf>, wanted = true): boolean => {
  if ('not' in condition) return falls(condition.not, !wanted);
  if ('all' in condition) return condition.all.some((one) => falls(one, wanted));
  if ('any' in condition) return condition.any.some((one) => falls(one, wanted));
  return wanted ? isFall(condition) : isRise(condition);
};

const entersByFalling = (enter: MemberCondition | undefined): boolean => enter !== undefined && falls(enter);

/** Whether a stage is one that people fall into: at risk by its own word, or entered by silence and loss. */
export const isFallen = ({ atRisk, enter }: Stage): boolean => atRisk || entersByFalling(enter);

/**
 * How high each stage of a journey stands: those that one climbs to in the order of the path, and below them those
 * that one falls into, the further on the path the lower.
 */
export const heightsOf = ({ stages }: Journey): ReadonlyMap<string, number> =>
  new Map(stages.map((stage, i) => [stage.id, isFallen(stage) ? -1 - i : i]));
