import { DAY } from '../kernel/duration.ts';
import type { CompiledJourney } from '../scoring/compile.ts';
import type { Standing } from '../scoring/standing.ts';
import type { Starts } from './search.ts';

const MINUTE = 60_000;
/** How many instants at which a condition changes are looked at. */
const MOST_GATES = 8;
/** From how many instants on several deeds are tried. */
const MOST_OFTEN = 3;

/** The instants at which some condition of a journey changes by time alone: it may open then. */
const gates = ({ stages, journey }: CompiledJourney, standing: Standing, from: number, before: number): number[] => {
  const present = standing.stages[journey.id];
  const free = stages.flatMap(({ stage, leastStay, coolDown }) => [
    ...(stage.id === present?.stage ? [present.since + leastStay] : []),
    (standing.left[`${journey.id}#${stage.id}`] ?? Number.NEGATIVE_INFINITY) + coolDown,
  ]);
  const turns: number[] = [];
  let at = from;
  while (turns.length < MOST_GATES) {
    const next = Math.min(
      ...stages.flatMap(({ enter, keep }) =>
        [enter, keep].map((test) => test.changesAfter(standing, at, before) ?? Number.POSITIVE_INFINITY),
      ),
    );
    if (next >= before) break;
    turns.push(next);
    at = next;
  }
  return [...free, ...turns].filter((one) => one > from && one < before);
};

/**
 * When to begin with what might bring somebody on: at once, as soon as something opens by itself, and for a single deed
 * also when a cap may have forgotten what fills it. Epoch ms, ascending.
 */
export const startsFor = (journey: CompiledJourney, standing: Standing, from: number, before: number): Starts => {
  const soon = [1, 7, 31, 92].map((days) => from + days * DAY + MINUTE);
  const opened = [from, ...gates(journey, standing, from, before)].map((instant) => instant + MINUTE);
  const ascending = (instants: readonly number[]) =>
    [...new Set(instants)].filter((instant) => instant < before).sort((a, b) => a - b);
  return { once: ascending([...soon, ...opened]), often: ascending(opened).slice(0, MOST_OFTEN) };
};
