import type { SendMessage } from '../../events/effect.ts';
import type { CompiledPlan, CompiledStage } from '../scoring/compile.ts';
import { earlier } from '../scoring/instants.ts';
import type { Announced, Standing } from '../scoring/standing.ts';

/** What the effects of one change have in common. */
type Change = Pick<SendMessage, 'member' | 'journey' | 'sequence' | 'since' | 'decidedAt' | 'model'>;

const effectOf = (
  { plan: { on, after, message, again } }: CompiledPlan,
  stage: string,
  change: Change,
): SendMessage => {
  const parts = [change.journey, change.sequence, 'message', on, ...(after ? [after.replace(' ', '-')] : []), message];
  const repeat = again === 'each time' ? {} : { again };
  return { kind: 'message', id: parts.join('#'), ...change, stage, message, on, ...repeat };
};

/** The messages that a stage plans for those who enter or leave it, of whom each condition holds now. */
export const messagesOn = (
  on: 'entry' | 'exit',
  { stage, plans }: CompiledStage,
  standing: Standing,
  change: Change,
): SendMessage[] =>
  plans
    .filter((one) => one.plan.on === on && (one.when?.holds(standing, change.decidedAt) ?? true))
    .map((one) => effectOf(one, stage.id, change));

const keyOf = ({ plan: { after, message } }: CompiledPlan): string => `${after} ${message}`;

/** The plans of a stage for those who stay in it, that were not told of this stay yet, with the instant of each (epoch ms). */
const untoldStays = ({ plans }: CompiledStage, since: number, told: readonly string[] = []) =>
  plans.flatMap((one) =>
    one.stay === undefined || told.includes(keyOf(one)) ? [] : [{ one, key: keyOf(one), at: since + one.stay }],
  );

/**
 * What those get who have stayed long enough by now, and what is told of this stay from here on.
 * @param isNews whether what fell due at an instant is written about, epoch ms
 */
export const messagesOfStay = (
  stage: CompiledStage,
  told: readonly string[] | undefined,
  standing: Standing,
  change: Change,
  isNews: (at: number) => boolean,
): { readonly effects: readonly SendMessage[]; readonly told: readonly string[] } => {
  const due = untoldStays(stage, change.since, told).filter(({ at }) => at <= change.decidedAt);
  return {
    effects: due
      .filter(({ one, at }) => isNews(at) && (one.when?.holds(standing, change.decidedAt) ?? true))
      .map(({ one }) => effectOf(one, stage.stage.id, change)),
    told: [...(told ?? []), ...due.map(({ key }) => key)],
  };
};

/** When the next message falls due of those that a member gets for staying where they stand, epoch ms. */
export const nextStay = (
  journeys: readonly { readonly journey: { readonly id: string }; readonly stages: readonly CompiledStage[] }[],
  announced: Announced,
  { stages }: Standing,
): number | undefined => {
  let next: number | undefined;
  for (const { journey, stages: all } of journeys) {
    const place = stages[journey.id];
    const stage = all.find((one) => one.stage.id === place?.stage);
    const told = announced[journey.id];
    if (!place || !stage || told?.stage !== place.stage) continue;
    for (const { at } of untoldStays(stage, place.since, told.stays)) next = earlier(next, at);
  }
  return next;
};
