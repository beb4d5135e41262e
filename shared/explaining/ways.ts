import { DAY } from '../kernel/duration.ts';
import type { EventLeaf } from '../scoring/condition.ts';
import { valueTest } from '../scoring/data-test.ts';
import { evolve } from '../scoring/evolve.ts';
import type { Journey, Model, Stage } from '../scoring/model.ts';
import { asksOfPast } from '../scoring/past.ts';
import { scoreAt } from '../scoring/score.ts';
import { asked, type Deed, kindsIn } from './deeds.ts';
import { asEvent, type Stand } from './play.ts';
import { type Found, type Limits, leastOf, type Starts } from './search.ts';

export type Search = {
  readonly stand: Stand;
  readonly starts: Starts;
  readonly limits: Limits;
};

/** What somebody can do before what is registered about them, where it is as little. */
const leastFirst = (a: Found, b: Found): number =>
  a.steps.length - b.steps.length ||
  Number(a.steps[0]?.deed.kind !== 'done') - Number(b.steps[0]?.deed.kind !== 'done') ||
  Math.floor(a.arrival.at / DAY) - Math.floor(b.arrival.at / DAY);

/** The least of each deed alone, those that ask least first; not what asks for far more than the least. */
export const alone = ({ stand, starts, limits }: Search, deeds: readonly Deed[]): readonly Found[] => {
  const found = new Map<string, Found>();
  let enough = limits.most;
  for (const deed of deeds) {
    if (found.has(deed.name)) continue;
    const one = leastOf(stand, [deed], starts, { ...limits, most: enough });
    if (!one) continue;
    enough = Math.min(enough, 2 * one.steps.length + 1);
    found.set(deed.name, one);
  }
  return [...found.values()].filter(({ steps }) => steps.length <= enough).toSorted(leastFirst);
};

/** What a deed would change of a score if it happened at the first instant, points that a cap cuts aside. */
const effect = ({ stand, starts }: Search, deed: Deed, score: string): number => {
  const [start = stand.standing.asOf] = starts.once;
  const { model, standing, member } = stand;
  const next = evolve(model, { ...standing, counted: {} }, asEvent(member, { deed, time: start }, 0)).standing;
  return scoreAt(model, next, score, start) - scoreAt(model, standing, score, start);
};

const strongest = (search: Search, deeds: readonly Deed[], score: string): Deed[] => {
  const [best] = deeds
    .map((deed) => ({ deed, points: effect(search, deed, score) }))
    .toSorted((a, b) => b.points - a.points);
  return best && best.points > 0 ? [best.deed] : [];
};

/** Whether what is registered is what a test of an attribute or a tag asks for. */
const meets = (leaf: EventLeaf, deed: Deed): boolean => {
  if ('tag' in leaf) return deed.kind === 'tagged' && deed.on && [leaf.tag].flat().includes(deed.tag);
  if (!('attribute' in leaf) || deed.kind !== 'said' || deed.attribute !== leaf.attribute) return false;
  return valueTest(leaf)(deed.value);
};

/**
 * One deed for each thing that a journey takes note of: the strongest for a score, the first of a kind, and what has to be
 * registered for the stage itself. More than it takes: what is not needed is left out in the end.
 */
const roundFor = (search: Search, model: Model, journey: Journey, stage: Stage, deeds: readonly Deed[]): Deed[] => {
  const own = asked(model, [stage]).flatMap((leaf) => deeds.filter((one) => meets(leaf, one)).slice(0, 1));
  const others = asked(model, journey.stages).flatMap((leaf): readonly Deed[] => {
    if ('score' in leaf) return strongest(search, deeds, leaf.score);
    const past = asksOfPast(leaf);
    return (past ? kindsIn(past) : []).flatMap(({ event }) =>
      deeds.filter((one) => one.kind === 'done' && one.type === event).slice(0, 1),
    );
  });
  return [...new Set([...own, ...others])];
};

/** For a stage that asks for several things at once: a round of them, done together as often as it takes. */
export const together = (
  search: Search,
  model: Model,
  journey: Journey,
  stages: readonly Stage[],
  deeds: readonly Deed[],
): readonly Found[] => {
  for (const stage of stages) {
    const round = roundFor(search, model, journey, stage, deeds);
    const found = round.length < 2 ? undefined : leastOf(search.stand, round, search.starts, search.limits);
    if (found) return [found];
  }
  return [];
};
