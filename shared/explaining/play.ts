import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../scoring/advance.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import { evolve } from '../scoring/evolve.ts';
import type { Standing, Transition } from '../scoring/standing.ts';
import type { Deed } from './deeds.ts';

/** A deed at an instant, epoch ms. */
export type Step = { readonly deed: Deed; readonly time: number };

export type Arrival = {
  readonly stage: string;
  /** When the stage is entered, epoch ms. */
  readonly at: number;
  /** How many of the steps it took. */
  readonly steps: number;
};

/** What might happen to one member on one journey, tried out by the same code that counts what does happen. */
export type Stand = {
  readonly model: CompiledModel;
  readonly member: string;
  readonly journey: string;
  /** The standing that it starts from. */
  readonly standing: Standing;
  /** Whether a stage is one of those looked for. */
  readonly wanted: (stage: string) => boolean;
  /** Whether whoever enters a stage is on a wrong way. */
  readonly unwanted: (stage: string) => boolean;
  /** Asked before each step that is tried; false: it has been enough. */
  readonly mayTry: () => boolean;
};

/** Made-up events come from a source of their own. */
export const WHAT_IF = 'what-if';

export const asEvent = (member: string, { deed, time }: Step, n: number): ActivityEvent => ({
  source: WHAT_IF,
  id: `what-if-${n}`,
  member,
  type: deed.type,
  time,
  data: deed.data(n, new Date(time).toISOString().slice(0, 10)),
});

/** The first of some stages of a journey that is entered, and not left again at the very same instant. */
export const firstStay = (journey: string, transitions: readonly Transition[], wanted: Stand['wanted']) => {
  const moves = transitions.filter((one) => one.journey === journey);
  for (const [i, { to, at }] of moves.entries()) {
    if (to !== null && moves[i + 1]?.at !== at && wanted(to)) return { stage: to, at };
  }
  return undefined;
};

/** The first wanted stage that is entered; false: an unwanted one was. */
const arrivalIn = ({ journey, wanted, unwanted }: Stand, transitions: readonly Transition[]) => {
  const found = firstStay(journey, transitions, (stage) => wanted(stage) || unwanted(stage));
  return found && unwanted(found.stage) ? false : found;
};

/**
 * Plays steps in, in order of time, and says when a wanted stage is entered first, if that is by `until` (epoch ms).
 * Each instant must not lie before the standing's.
 */
export const play = (stand: Stand, steps: readonly Step[], until: number): Arrival | undefined => {
  const { model, member } = stand;
  let { standing } = stand;
  for (const [i, step] of steps.entries()) {
    if (!stand.mayTry()) return undefined;
    const next = evolve(model, standing, asEvent(member, step, i));
    const arrival = arrivalIn(stand, next.transitions);
    if (arrival === false) return undefined;
    if (arrival) return { ...arrival, steps: arrival.at < step.time ? i : i + 1 };
    standing = next.standing;
  }
  const arrival = arrivalIn(stand, advance(model, standing, until).transitions);
  return arrival ? { ...arrival, steps: steps.length } : undefined;
};
