import type { Combined } from '../scoring/combined.ts';
import type { EventLeaf, SinceCondition } from '../scoring/condition.ts';
import type { LastCondition, SequenceCondition } from '../scoring/history-condition.ts';
import type { Journey, Model, Stage } from '../scoring/model.ts';

const hasLower = (bounds: { readonly gt?: unknown; readonly gte?: unknown }): boolean =>
  bounds.gt !== undefined || bounds.gte !== undefined;
const hasUpper = (bounds: { readonly lt?: unknown; readonly lte?: unknown }): boolean =>
  bounds.lt !== undefined || bounds.lte !== undefined;

/** Whether the time since something is bounded: then it is a test of silence, or of having done it lately. */
const isElapsed = (leaf: EventLeaf): leaf is LastCondition | SequenceCondition | SinceCondition =>
  'last' in leaf || 'sequence' in leaf || ('since' in leaf && leaf.since === 'activity');

const worst = ({ grades }: Model, grade: string): string => {
  const { letter, number } = grades.find(({ id }) => id === grade) ?? {};
  return `${'ABCDEFGHI'[letter?.from.length ?? 0]}${(number?.from.length ?? 0) + 1}`;
};

/** Whether a test comes true by falling silent, by losing points, or by something that ends. */
const isFall = (model: Model, leaf: EventLeaf): boolean => {
  if ('attribute' in leaf) return leaf.eq === false || leaf.exists === false;
  if ('grade' in leaf) return leaf.in.includes(worst(model, leaf.grade));
  if ('score' in leaf || 'count' in leaf) return hasUpper(leaf) && !hasLower(leaf);
  return isElapsed(leaf) && hasLower(leaf);
};
/** Whether a test comes true by doing something. */
const isRise = (leaf: EventLeaf): boolean => {
  if ('grade' in leaf) return leaf.in.includes('A1');
  if ('score' in leaf || 'count' in leaf) return hasLower(leaf);
  return 'streak' in leaf || (isElapsed(leaf) && !hasLower(leaf));
};

const falls = (model: Model, condition: Combined<EventLeaf>, wanted: boolean): boolean => {
  if ('not' in condition) return falls(model, condition.not, !wanted);
  if ('all' in condition) return condition.all.some((one) => falls(model, one, wanted));
  if ('any' in condition) return condition.any.some((one) => falls(model, one, wanted));
  return wanted ? isFall(model, condition) : isRise(condition);
};

/** Whether a stage is one that people fall into: at risk by its own word, or entered by silence and loss. */
const isFallen = (model: Model, { atRisk, enter }: Stage): boolean =>
  atRisk || (enter !== undefined && falls(model, enter, true));

/**
 * How high each stage of a journey stands: those that one climbs to in the order of the path, and below them, less than
 * 0, those that one falls into, the further on the path the lower.
 */
export const heightsOf = (model: Model, { stages }: Journey): ReadonlyMap<string, number> =>
  new Map(stages.map((stage, i) => [stage.id, isFallen(model, stage) ? -1 - i : i]));
