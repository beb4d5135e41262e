import { DAY } from '../kernel/duration.ts';
import type { Deed } from './deeds.ts';
import { type Arrival, play, type Stand, type Step } from './play.ts';

/** Steps that lead to a stage, and when it is entered. */
export type Found = { readonly steps: readonly Step[]; readonly arrival: Arrival };

const MINUTE = 60_000;
/** How far apart the same thing is tried again: every day, week, month, quarter. */
const spacings = [DAY, 7 * DAY, 31 * DAY, 92 * DAY] as const;
const stepsOf = (round: readonly Deed[], times: number, start: number, spacing: number): Step[] =>
  Array.from({ length: times }, (_, n) =>
    round.map((deed, i) => ({ deed, time: start + n * spacing + i * MINUTE })),
  ).flat();

/** Without the steps that it does not take: each is left out for a try, the last first. */
const shrunk = (stand: Stand, { steps, arrival }: Found): Found => {
  let best: Found = { steps: steps.slice(0, arrival.steps), arrival };
  for (let i = best.steps.length - 1; i >= 0 && best.steps.length > 1; i--) {
    const fewer = best.steps.toSpliced(i, 1);
    const next = play(stand, fewer, best.arrival.at);
    if (next && next.steps > 0) best = { steps: fewer.slice(0, next.steps), arrival: next };
  }
  return best;
};

/** Whether one way asks less of somebody than another. */
const isLess = (a: Found, b: Found | undefined): boolean =>
  b === undefined ||
  a.steps.length < b.steps.length ||
  (a.steps.length === b.steps.length && a.arrival.at < b.arrival.at);

/** When what might lead somewhere can begin, epoch ms, ascending: instants for one deed, and those for several. */
export type Starts = { readonly once: readonly number[]; readonly often: readonly number[] };

export type Limits = {
  /** Ways that arrive at this instant or later are of no use, epoch ms. */
  readonly before: number;
  /** How many rounds are tried. */
  readonly most: number;
  /** Whether what has been done may take a while to show. */
  readonly patient: boolean;
};

/**
 * The least that has to happen of a round of deeds, done again and again, for a wanted stage to be entered.
 */
export const leastOf = (
  stand: Stand,
  round: readonly Deed[],
  starts: Starts,
  { before, most, patient }: Limits,
): Found | undefined => {
  let best: Found | undefined;
  const attempt = (start: number, rounds: number, spacing: number) => {
    const steps = stepsOf(round, rounds, start, spacing);
    const arrival = play(stand, steps, start + (rounds - (patient ? 0 : 1)) * spacing);
    if (!arrival || arrival.steps === 0 || arrival.at >= before) return;
    const found = shrunk(stand, { steps, arrival });
    if (isLess(found, best)) best = found;
  };
  for (const start of starts.once) {
    attempt(start, 1, DAY);
    if (best) return best;
  }
  for (const start of starts.often) {
    for (const spacing of spacings) {
      const rounds = Math.min(most, Math.ceil((before - start) / spacing));
      if (rounds > 1) attempt(start, rounds, spacing);
    }
  }
  return best;
};

/** How far ahead a deadline is looked for, days. */
const FAR = 92;

/**
 * Until when a single step that shows at once can be put off, by whole days, and still leads to the same stage at once;
 * undefined: for longer than anybody plans ahead. Every day up to there was tried.
 */
export const deadlineOf = (stand: Stand, { steps, arrival }: Found): number | undefined => {
  const [first, ...more] = steps;
  if (!first || more.length > 0 || arrival.at !== first.time) return undefined;
  const same = { ...stand, wanted: (stage: string) => stage === arrival.stage };
  for (let days = 1; days <= FAR; days++) {
    const time = first.time + days * DAY;
    if (play(same, [{ deed: first.deed, time }], time)?.at !== time) return time - DAY;
  }
  return undefined;
};
