import type { SendMessage } from '../../../events/effect.ts';
import type { PublishedModel } from '../../scoring/published-model.ts';
import type { Standing } from '../../scoring/standing.ts';

/** Whether the member still is one of those that the plan of the stage means. A model without the plan means everybody. */
export const isMeant = (
  { compiled }: Pick<PublishedModel, 'compiled'>,
  effect: SendMessage,
  standing: Standing,
  at: number,
): boolean => {
  const stages = compiled.journeys.find(({ journey }) => journey.id === effect.journey)?.stages;
  const plans = stages?.find(({ stage }) => stage.id === effect.stage)?.plans ?? [];
  const its = plans.filter(({ plan }) => effect.on === plan.on && plan.message === effect.message);
  return its.length === 0 || its.some(({ when }) => when?.holds(standing, at) ?? true);
};
