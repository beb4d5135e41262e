import type { Effect } from '../../events/effect.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import type { Announced, Standing } from '../scoring/standing.ts';

export type Decision = { readonly announced: Announced; readonly effects: readonly Effect[] };

export type Occasion = {
  readonly member: string;
  /** The version of the model. */
  readonly model: number;
  /** Epoch ms; the standing has been advanced to it. */
  readonly now: number;
  /** Whether a stage that was entered at an instant (epoch ms) is written about. What is no news is only recorded. */
  readonly isNews: (since: number) => boolean;
  /** Journeys in which the member stood in the same stage here are passed over: nothing new was learnt of them. */
  readonly unless?: Standing | undefined;
};

/** News is what happened within `staleAfter` of an instant, epoch ms. */
export const freshAt =
  (now: number, { staleAfter }: CompiledModel): Occasion['isNews'] =>
  (since) =>
    now - since <= staleAfter;

/**
 * Compares what the outside world was told last with what holds now, and says what is to be done about the
 * difference. The ids of the effects follow from what was announced, so deciding again gives the same ids.
 */
export const decide = (
  { journeys }: CompiledModel,
  announced: Announced,
  standing: Standing,
  { member, model, now, isNews, unless }: Occasion,
): Decision => {
  const told: Record<string, Announced[string]> = { ...announced };
  const effects: Effect[] = [];
  const stagesOf = new Map(journeys.map(({ journey }) => [journey.id, journey.stages]));

  // A journey that the model has no more is left like one that does not apply.
  for (const journey of new Set([...stagesOf.keys(), ...Object.keys(announced)])) {
    const before = announced[journey] ?? { stage: null, sequence: 0 };
    const place = stagesOf.has(journey) ? standing.stages[journey] : undefined;
    if ((place?.stage ?? null) === before.stage) continue;
    if (unless && unless.stages[journey]?.stage === place?.stage) continue;

    const sequence = before.sequence + 1;
    const since = place?.since ?? now;
    const change = { member, journey, sequence, since, decidedAt: now, model };
    const id = (kind: Effect['kind']) => `${journey}#${sequence}#${kind}`;
    told[journey] = { stage: place?.stage ?? null, sequence };
    effects.push({ kind: 'move', id: id('move'), ...change, from: before.stage, stage: place?.stage ?? null });

    if (place === undefined || !isNews(since)) continue;
    const { stage } = place;
    const stages = stagesOf.get(journey) ?? [];
    const to = stages.findIndex((one) => one.id === stage);
    const { message, onlyForward, alert } = stages[to] ?? {};
    const fellBack = stages.findIndex((one) => one.id === before.stage) > to;
    if (message !== undefined && !(onlyForward && fellBack))
      effects.push({ kind: 'message', id: id('message'), ...change, stage, message });
    if (alert) effects.push({ kind: 'alert', id: id('alert'), ...change, stage });
  }
  return { announced: told, effects };
};
