import type { Effect } from '../../events/effect.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import { firstIdOf } from '../scoring/profile.ts';
import type { Announced, Standing } from '../scoring/standing.ts';
import { messagesOfStay, messagesOn } from './planned-messages.ts';

export type Decision = { readonly announced: Announced; readonly effects: readonly Effect[] };

export type Occasion = {
  readonly member: string;
  /** The version of the model. */
  readonly model: number;
  /** Epoch ms; the standing has been advanced to it. */
  readonly now: number;
  /** Whether a stage that was entered at an instant (epoch ms) is written about. What is no news is only recorded. */
  readonly isNews: (since: number) => boolean;
  /** Whether it is the model alone that has changed. */
  readonly byModel?: boolean;
  /** Journeys in which the member stood in the same stage here are passed over: nothing new was learnt of them. */
  readonly unless?: Standing | undefined;
  /** When whoever had this id before was erased, epoch ms: the changes are numbered on from there. */
  readonly erasedAt?: number | undefined;
};

/** News is what happened within `staleAfter` of an instant, epoch ms. */
export const freshAt =
  (now: number, { staleAfter }: CompiledModel): Occasion['isNews'] =>
  (since) =>
    now - since <= staleAfter;

type Told = Announced[string];

/** What is told of a journey, and what is done about it. */
type Step = { readonly told: Told; readonly effects: readonly Effect[] };

/** A change of stage: the lists hear of it; member and owner, where it is news. */
const changed = (
  { journeys }: CompiledModel,
  journey: string,
  before: Told,
  standing: Standing,
  { member, model, now, isNews, byModel = false }: Occasion,
): Step => {
  const compiled = journeys.find((one) => one.journey.id === journey);
  const place = compiled && standing.stages[journey];
  const sequence = before.sequence + 1;
  const since = place?.since ?? now;
  const change = { member, journey, sequence, since, decidedAt: now, model };
  const id = (kind: Effect['kind']) => `${journey}#${sequence}#${kind}`;
  const told = { stage: place?.stage ?? null, sequence, ...(byModel ? { byModel: model } : {}) };
  const move = { kind: 'move' as const, id: id('move'), ...change, from: before.stage, stage: place?.stage ?? null };
  if (!isNews(since)) return { told, effects: [move] };

  const named = (stage: string | null | undefined) => compiled?.stages.find((one) => one.stage.id === stage);
  const [from, to] = [named(before.stage), named(place?.stage)];
  const farewell = from ? messagesOn('exit', from, standing, change) : [];
  if (!to) return { told, effects: [move, ...farewell] };
  const { message, onlyForward, alert, id: stage } = to.stage;
  const fellBack = from !== undefined && from.place > to.place;
  return {
    told,
    effects: [
      move,
      ...farewell,
      ...(message !== undefined && !(onlyForward && fellBack)
        ? [{ kind: 'message' as const, id: id('message'), ...change, stage, message }]
        : []),
      ...messagesOn('entry', to, standing, change),
      ...(alert ? [{ kind: 'alert' as const, id: id('alert'), ...change, stage }] : []),
    ],
  };
};

/** Those who have stayed in their stage for as long as a message of it asks, each message once in a stay. */
const stayed = (
  { journeys, staleAfter }: CompiledModel,
  journey: string,
  before: Told,
  standing: Standing,
  { member, model, now, isNews }: Occasion,
): Step => {
  const place = standing.stages[journey];
  const all = journeys.find((one) => one.journey.id === journey)?.stages;
  const stage = place && all?.find((one) => one.stage.id === place.stage);
  if (!stage || stage.plans.length === 0) return { told: before, effects: [] };
  const change = { member, journey, sequence: before.sequence, since: place.since, decidedAt: now, model };
  const isFresh = (at: number) => isNews(at) && now - at <= staleAfter;
  const { effects, told } = messagesOfStay(stage, before.stays, standing, change, isFresh);
  return { told: told.length === 0 ? before : { ...before, stays: told }, effects };
};

/** Mails say by which id it is drawn what the member gets, where that is not the one that they have now. */
const byFirstId = (effects: readonly Effect[], { profile }: Standing): readonly Effect[] => {
  const firstId = firstIdOf(profile);
  if (firstId === undefined) return effects;
  return effects.map((effect) => (effect.kind === 'message' ? { ...effect, firstId } : effect));
};

/**
 * Compares what the outside world was told last with what holds now, and says what is to be done about the
 * difference. The ids of the effects follow from what was announced, so deciding again gives the same ids.
 */
export const decide = (
  compiled: CompiledModel,
  announced: Announced,
  standing: Standing,
  occasion: Occasion,
): Decision => {
  const told: Record<string, Told> = { ...announced };
  const effects: Effect[] = [];
  const known = new Set(compiled.journeys.map(({ journey }) => journey.id));
  const { unless, erasedAt = 0 } = occasion;

  // A journey that the model has no more is left like one that does not apply.
  for (const journey of new Set([...known, ...Object.keys(announced)])) {
    const before = announced[journey] ?? { stage: null, sequence: erasedAt };
    const place = known.has(journey) ? standing.stages[journey] : undefined;
    const earlier = unless?.stages[journey];
    const isSame = (place?.stage ?? null) === before.stage;
    if (unless && earlier?.stage === place?.stage && (!isSame || earlier?.since === place?.since)) continue;

    const change = isSame ? { told: before, effects: [] } : changed(compiled, journey, before, standing, occasion);
    const stay = stayed(compiled, journey, change.told, standing, occasion);
    if (stay.told !== before) told[journey] = stay.told;
    effects.push(...change.effects, ...stay.effects);
  }
  return { announced: told, effects: byFirstId(effects, standing) };
};
