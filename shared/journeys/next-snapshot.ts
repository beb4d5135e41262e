import type { Effect } from '../../events/effect.ts';
import type { ActivityEvent } from '../../events/envelope.ts';
import { eventKey } from '../kernel/event-key.ts';
import { advance, due } from '../scoring/advance.ts';
import type { CompiledModel } from '../scoring/compile.ts';
import { fold } from '../scoring/fold.ts';
import { earlier } from '../scoring/instants.ts';
import type { CompiledVersion } from '../scoring/published-model.ts';
import { counting } from '../scoring/retracted.ts';
import { FORMAT, type Snapshot } from '../scoring/snapshot.ts';
import type { Announced, Standing } from '../scoring/standing.ts';
import { decide, freshAt } from './decide.ts';
import { nextStay } from './planned-messages.ts';
import { type Remodelling, remodelled } from './remodelled.ts';

/** Why a member is looked at. */
export type Visit = {
  readonly member: string;
  /** Epoch ms. */
  readonly now: number;
  readonly events: readonly ActivityEvent[];
  readonly ticked: boolean;
  /** A version of the model that is known to have been published: no older one may be used. */
  readonly model?: number;
  /** When whoever had this id before was erased, epoch ms: what happened up to then does not count. */
  readonly erasedAt?: number | undefined;
};

/** A visit is live when all it brings is of these days. What is older, even in part, is a backfill. */
const isLive = ({ staleAfter }: CompiledModel, { events, ticked, now }: Visit): boolean =>
  events.length === 0 ? ticked : events.every(({ time }) => now - time <= staleAfter);

/** The index entry to have: moved only to an earlier instant, or when the one there has come. */
const dueEntry = (stored: number | undefined, next: number | undefined, now: number): number | undefined =>
  stored !== undefined && stored > now && (next === undefined || next >= stored) ? stored : next;

const untold = (announced: Announced, { stages }: Standing): boolean =>
  [...Object.keys(announced), ...Object.keys(stages)].some(
    (journey) => (stages[journey]?.stage ?? null) !== (announced[journey]?.stage ?? null),
  );

/**
 * The snapshot that follows from a visit.
 * @param before the snapshot read, if there was one
 * @param standing the fold of all the member's events, those of the visit included
 * @param remodelling where another model made the snapshot
 */
export const nextSnapshot = (
  model: CompiledVersion,
  visit: Visit,
  before: Snapshot | undefined,
  standing: Standing,
  remodelling?: Remodelling,
): Snapshot => {
  const { version, compiled } = model;
  const now = Math.max(visit.now, standing.asOf);
  const at = (one: Standing) => advance(compiled, one, now).standing;
  const live = isLive(compiled, visit);
  const present = at(standing);
  const { erasedAt } = before ?? visit;
  const whom = { member: visit.member, now, erasedAt };

  const changed = before && remodelling && remodelled(model, before, remodelling, whom);
  // What time alone has changed is left to the tick, which tells it: a backfill must not silence it.
  const untouched = () => (remodelling ? fold(compiled, remodelling.known) : before?.standing);
  const settled = live ? undefined : untouched();
  const decision = decide(compiled, changed?.announced ?? before?.announced ?? {}, present, {
    ...{ ...whom, model: version },
    isNews: live ? freshAt(now, compiled) : () => false,
    unless: settled && at(settled),
  });

  const outbox: readonly Effect[] = [...(changed?.effects ?? []), ...decision.effects];
  const stay = nextStay(compiled.journeys, decision.announced, present);
  const isBehind = untold(decision.announced, present) || (stay !== undefined && stay <= now);
  const next = isBehind ? Math.min(before?.dueAt ?? now, now) : earlier(due(compiled, present), stay);
  return {
    version: (before?.version ?? erasedAt ?? 0) + 1,
    madeBy: { format: FORMAT, model: version },
    events: (before?.events ?? 0) + visit.events.length,
    standing,
    announced: decision.announced,
    outbox,
    dueAt: dueEntry(before?.dueAt, next, now),
    ...(erasedAt === undefined ? {} : { erasedAt }),
  };
};

/**
 * The snapshot that a refold of the whole ledger gives.
 * @param ledger with what was taken back
 * @param fresh the events that this visit put there: no earlier snapshot can have told of them
 * @param earlier the model that made the snapshot, where that is another one and can be had
 */
export const refolded = (
  model: CompiledVersion,
  visit: Visit,
  before: Snapshot | undefined,
  ledger: readonly ActivityEvent[],
  fresh: readonly ActivityEvent[],
  earlier?: CompiledVersion,
): Snapshot => {
  const keys = new Set(fresh.map(({ source, id }) => eventKey(source, id)));
  const known = () => counting(ledger.filter(({ source, id }) => !keys.has(eventKey(source, id))));
  const remodelling = before && before.madeBy.model !== model.version ? { earlier, known: known() } : undefined;
  return { ...nextSnapshot(model, visit, before, fold(model.compiled, ledger), remodelling), events: ledger.length };
};
