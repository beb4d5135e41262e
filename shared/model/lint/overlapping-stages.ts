import type { Journey, Stage } from '../../scoring/model.ts';
import type { Finding, Lint } from '../finding.ts';
import { possible } from '../possible.ts';
import { type Reach, reachOf } from '../reach.ts';
import { enters } from '../stage-formulas.ts';

/** Whether the conditions of two stages cut across each other: some fit both, and some only the one or the other. */
const cross = (journey: Journey, one: Stage, other: Stage, reach: ReadonlyMap<string, Reach>): boolean => {
  const [a, b] = [enters(journey, one, reach), enters(journey, other, reach)];
  return [[a, b] as const, [a, { not: b }] as const, [b, { not: a }] as const].every((all) => possible({ all }));
};

const quoted = (stages: readonly Stage[]): string => stages.map(({ id }) => `"${id}"`).join(', ');

const overlapsIn = (journey: Journey, path: readonly PropertyKey[], reach: ReadonlyMap<string, Reach>): Finding[] => {
  const over = journey.stages.flatMap((winner, w) => {
    // Who wrote priorities has said who goes first.
    const nearer = journey.stages.slice(0, w).filter(({ enter, priority }) => enter && priority === winner.priority);
    const beaten = nearer.filter((stage) => cross(journey, stage, winner, reach));
    return beaten.length === 0 ? [] : [`"${winner.id}" over ${quoted(beaten)}`];
  });
  if (over.length === 0) return [];
  const message = `some people fit several stages, which cut across each other; the order of the path decides: ${over.join('; ')}. Where that is meant, a \`priority\` says so`;
  return [{ path: [...path, 'stages'], level: 'info', message }];
};

/**
 * Stages whose entry conditions overlap, while only their order decides between them: said once for each journey. Where
 * one asks for more of the same than the other, as thresholds of one score do, the order is plain and nothing is said.
 */
export const overlappingStages: Lint = {
  name: 'overlapping-stages',
  look: (model) => {
    const reach = reachOf(model);
    return model.journeys.flatMap((journey, j) =>
      // On an ordered path everybody passes through the nearer ones first.
      journey.ordered ? [] : overlapsIn(journey, ['journeys', j], reach),
    );
  },
};
