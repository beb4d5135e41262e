import type { ActivityEvent } from '../../events/envelope.ts';
import { advance } from '../scoring/advance.ts';
import { type Evolved, evolve, NOBODY } from '../scoring/evolve.ts';
import { comparePositions } from '../scoring/position.ts';
import type { PublishedModel } from '../scoring/published-model.ts';
import { scoreAt } from '../scoring/score.ts';
import type { Standing, Transition } from '../scoring/standing.ts';
import { type Fate, openPost, type Route, type Told } from './post.ts';

/** A model with its document, whether or not it has a version. */
export type Side = Omit<PublishedModel, 'version'>;

/** The time that a preview looks at, epoch ms: what happened from one instant to the other, and who stands where then. */
export type Span = { readonly from: number; readonly at: number };

/** What a rule gave within the span. */
export type Given = { readonly times: number; readonly points: number };

export type Walk = {
  /** As of the end of the span. */
  readonly standing: Standing;
  /** Score → value as of the end of the span. */
  readonly scores: Readonly<Record<string, number>>;
  /** The changes of stage within the span. */
  readonly steps: readonly Transition[];
  /** What would have been sent within the span, and what not. */
  readonly fates: readonly Fate[];
  /** What has been told by the end of it. */
  readonly told: Told;
  readonly given: ReadonlyMap<string, Given>;
};

/** What the rules gave, counted. */
const counter = () => {
  const given = new Map<string, Given>();
  return {
    given,
    count: (contributions: Evolved['contributions']): void => {
      for (const { rule, points } of contributions) {
        if (points === 0) continue;
        const { times = 0, points: sum = 0 } = given.get(rule.id) ?? {};
        given.set(rule.id, { times: times + 1, points: sum + points });
      }
    },
  };
};

/**
 * A member's whole ledger under a model, as if it had been in force all along, with the mails that it would have sent.
 * Needs the memory of one ledger.
 * @param events in any order; later ones than the span are left out
 */
export const walk = (side: Side, events: readonly ActivityEvent[], { from, at }: Span, route: Route): Walk => {
  const { model, compiled } = side;
  const post = openPost(side, route);
  const { given, count } = counter();
  const steps: Transition[] = [];
  let standing: Standing = NOBODY;
  const known = events.filter(({ time }) => time <= at).toSorted(comparePositions);
  known.forEach((event, i) => {
    const next = evolve(compiled, standing, event);
    steps.push(...next.transitions);
    if (event.time > standing.asOf)
      post.pass(
        standing,
        next.transitions.map((one) => one.at).filter((one) => one < event.time),
        event.time,
      );
    standing = next.standing;
    if (event.time >= from) count(next.contributions);
    // What happens at the same instant is known by the time that somebody is written to.
    if (known[i + 1]?.time !== event.time) post.look(standing, event.time);
  });
  const now = advance(compiled, standing, at);
  post.pass(
    standing,
    now.transitions.map((one) => one.at),
    at + 1,
  );
  return {
    standing: now.standing,
    scores: Object.fromEntries(model.scores.map(({ id }) => [id, scoreAt(compiled, now.standing, id, at)])),
    steps: [...steps, ...now.transitions].filter((one) => one.at >= from),
    fates: post.fates(at).filter((one) => one.at >= from),
    told: post.told(),
    given,
  };
};
