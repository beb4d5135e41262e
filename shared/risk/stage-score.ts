import type { MemberCondition } from '../scoring/condition.ts';
import type { Journey, Model, Stage } from '../scoring/model.ts';

const scoreIn = (condition: MemberCondition | undefined): string | undefined => {
  if (condition === undefined) return undefined;
  if ('all' in condition) return firstOf(condition.all);
  if ('any' in condition) return firstOf(condition.any);
  if ('not' in condition) return scoreIn(condition.not);
  return 'score' in condition ? condition.score : undefined;
};

const firstOf = (conditions: readonly MemberCondition[]): string | undefined => {
  for (const condition of conditions) {
    const score = scoreIn(condition);
    if (score !== undefined) return score;
  }
  return undefined;
};

/** The score that a stage is about: the one it asks for, else one its journey asks for, else the model's first. */
export const stageScore = (
  { scores }: Model,
  { stages }: Journey,
  stage: Stage,
): Model['scores'][number] | undefined => {
  const asked =
    firstOf([stage, ...stages].flatMap(({ enter, stay }) => [enter, stay]).filter((one) => one !== undefined)) ??
    scores[0]?.id;
  return scores.find(({ id }) => id === asked);
};
