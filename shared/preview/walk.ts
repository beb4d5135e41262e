import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../scoring/advance.ts';
import { evolve, NOBODY } from '../scoring/evolve.ts';
import { comparePositions } from '../scoring/position.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import { scoreAt } from '../scoring/score.ts';
import type { Profile, Standing, Transition } from '../scoring/standing.ts';

/** A model with its document, whether or not it has a version. */
export type Side = Omit<PublishedModel, 'version'>;

/** The time that a preview looks at, epoch ms: what happened from one instant to the other, and who stands where then. */
export type Span = { readonly from: number; readonly at: number };

/** What a rule gave within the span. */
export type Given = { readonly times: number; readonly points: number };

/** A change of stage within the span, with what was known of the person then. */
export type Step = Transition & { readonly profile: Profile };

export type Walk = {
  /** As of the end of the span. */
  readonly standing: Standing;
  /** Score → value as of the end of the span. */
  readonly scores: Readonly<Record<string, number>>;
  readonly steps: readonly Step[];
  readonly given: ReadonlyMap<string, Given>;
};

/**
 * A member's whole ledger under a model, as if it had been in force all along. Needs the memory of one ledger.
 * @param events in any order; later ones than the span are left out
 */
export const walk = ({ model, compiled }: Side, events: readonly ActivityEvent[], { from, at }: Span): Walk => {
  const steps: Step[] = [];
  const given = new Map<string, Given>();
  let standing: Standing = NOBODY;
  // What happens at the same instant is known by the time that somebody is written to.
  let waiting: Transition[] = [];
  const settle = (transitions: readonly Transition[]) => {
    const { profile } = standing;
    for (const transition of transitions) if (transition.at >= from) steps.push({ ...transition, profile });
  };
  for (const event of events.filter(({ time }) => time <= at).toSorted(comparePositions)) {
    const next = evolve(compiled, standing, event);
    if (event.time > standing.asOf) {
      settle(waiting);
      waiting = [];
    }
    settle(next.transitions.filter((transition) => transition.at < event.time));
    waiting.push(...next.transitions.filter((transition) => transition.at >= event.time));
    if (event.time >= from) {
      for (const { rule, points } of next.contributions) {
        if (points === 0) continue;
        const { times = 0, points: sum = 0 } = given.get(rule.id) ?? {};
        given.set(rule.id, { times: times + 1, points: sum + points });
      }
    }
    standing = next.standing;
  }
  const now = advance(compiled, standing, at);
  settle([...waiting, ...now.transitions]);
  return {
    standing: now.standing,
    scores: Object.fromEntries(model.scores.map(({ id }) => [id, scoreAt(compiled, now.standing, id, at)])),
    steps,
    given,
  };
};
