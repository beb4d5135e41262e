import type { Effect, Move, SendMessage } from '../../events/effect.ts';
import { milliseconds } from '../../shared/kernel/duration.ts';
import { FORMAT } from '../../shared/scoring/snapshot.ts';
import type { Document, Plan, Stage } from './document.ts';
import type { Findings } from './finding.ts';
import { personOf } from './known-person.ts';
import { memberFits } from './oracle-conditions.ts';
import type { Published } from './records.ts';
import { isLoud } from './rescores.ts';
import type { Written } from './witness.ts';

export type Models = {
  readonly of: (version: number) => Published;
  /** Whether members may have been scored by one model after another, or after none. */
  readonly changed: boolean;
};

/** All that a member was told, and the snapshots in which it was decided. */
export type Letters = {
  readonly effects: readonly Effect[];
  readonly written: readonly Written[];
  /** Whether they may have been looked at later than that. */
  readonly wasLate: (staleAfter: number) => boolean;
};

/** `wanted`: whether it must be asked for where the change is news; undefined where nobody can say. */
type Expected = { readonly id: string; readonly wanted: boolean | undefined };

/** Longer than anybody is between looking at the clock and writing. */
const SLACK = 60 * 60_000;

/** Whether a plan was for somebody as they were when it was decided. */
const isFor = ({ when }: Plan, written: Written | undefined, at: number): boolean | undefined => {
  if (when === undefined) return true;
  // Of what other code has folded nothing can be read here.
  if (!written || written.after.madeBy.format !== FORMAT) return undefined;
  const { profile, activeAt } = written.after.standing;
  const nothing = { score: () => Number.NaN, grade: () => '', past: [], stages: new Map(), zone: 'UTC' };
  return memberFits(when, { ...nothing, person: personOf(profile), activeAt, at });
};

const stageIn = ({ journeys }: Document, journey: string, stage: string | null) => {
  const stages = journeys.find(({ id }) => id === journey)?.stages ?? [];
  return { stage: stages.find(({ id }) => id === stage), place: stages.findIndex(({ id }) => id === stage) };
};

/** What a change of stage asks for. */
const expectedOf = (move: Move, document: Document, written: Written | undefined): Expected[] => {
  const { journey, sequence, decidedAt } = move;
  const [from, to] = [stageIn(document, journey, move.from), stageIn(document, journey, move.stage)];
  const planned = (on: 'entry' | 'exit', stage: Stage | undefined): Expected[] =>
    (stage?.messages ?? [])
      .filter((plan) => (plan.on ?? 'entry') === on)
      .map((plan) => ({
        id: `${journey}#${sequence}#message#${on}#${plan.message}`,
        wanted: isFor(plan, written, decidedAt),
      }));
  const { message, alert = false, onlyForward = false } = to.stage ?? {};
  const fellBack = onlyForward && from.place > to.place;
  return [
    { id: `${journey}#${sequence}#message`, wanted: message !== undefined && !fellBack },
    { id: `${journey}#${sequence}#alert`, wanted: alert },
    ...planned('entry', to.stage),
    ...planned('exit', from.stage),
  ];
};

/** A message to somebody who has stayed must be of the stage that they were told to be in, and neither early nor late. */
const checkStay = ({ demand }: Findings, document: Document, stay: SendMessage, moves: ReadonlyMap<string, Move>) => {
  const { member, id, journey, sequence, since, decidedAt } = stay;
  const move = moves.get(`${journey}#${sequence}#move`);
  const { stage } = stageIn(document, journey, stay.stage);
  const plan = stage?.messages?.find(
    ({ on, after = '', message }) => on === 'stay' && id.endsWith(`#${after.replace(' ', '-')}#${message}`),
  );
  const due = since + milliseconds(plan?.after ?? '0 days');
  const isInTime = decidedAt >= due && decidedAt - due <= milliseconds(document.staleAfter);
  const isPlanned = plan !== undefined && move?.stage === stay.stage && isInTime;
  demand(isPlanned, 'letters', () => `${member} ${id} was asked for without reason`);
};

/** Whoever is noted to have stayed long enough was told so, where they were looked at in time. */
const checkStaysNoted = ({ demand }: Findings, models: Models, { written }: Letters, told: ReadonlySet<string>) => {
  for (const one of written) {
    const { before, after, own } = one;
    if (!before || before.madeBy.model !== after.madeBy.model || before.madeBy.format !== after.madeBy.format) continue;
    const { document } = models.of(after.madeBy.model);
    for (const [journey, { stays = [], sequence }] of Object.entries(after.announced)) {
      const earlier = before.announced[journey];
      const since = after.standing.stages[journey]?.since;
      if (earlier?.sequence !== sequence || since === undefined) continue;
      if (since !== before.standing.stages[journey]?.since) continue;
      const { stage } = stageIn(document, journey, after.announced[journey]?.stage ?? null);
      for (const plan of stage?.messages ?? []) {
        const { after: length = '', message } = plan;
        const key = `${length} ${message}`;
        if (plan.on !== 'stay' || !stays.includes(key) || earlier.stays?.includes(key)) continue;
        const late = own - since - milliseconds(length);
        const id = `${journey}#${sequence}#message#stay#${length.replace(' ', '-')}#${message}`;
        const isSure = late + SLACK <= milliseconds(document.staleAfter);
        const wanted = isFor(plan, one, own) === true && isFor(plan, one, own - SLACK) === true && isSure;
        demand(told.has(id) || !wanted, 'letters', () => `${id} was not asked for`);
      }
    }
  }
};

/** What was asked for must be what the stages of the model ask for, and all of that where it is news. */
export const checkLetters = (findings: Findings, models: Models, letters: Letters): void => {
  const { demand } = findings;
  const { effects, written, wasLate } = letters;
  const told = new Set(effects.map(({ id }) => id));
  const moves = new Map(effects.flatMap((one) => (one.kind === 'move' ? [[one.id, one] as const] : [])));
  const decidedIn = new Map(written.flatMap((one) => one.after.outbox.map(({ id }) => [id, one] as const)));
  const known = new Set<string>();
  for (const move of moves.values()) {
    const { document } = models.of(move.model);
    const staleAfter = milliseconds(document.staleAfter);
    const isNews = move.decidedAt - move.since <= staleAfter;
    for (const { id, wanted } of expectedOf(move, document, decidedIn.get(move.id))) {
      known.add(id);
      const isTold = told.has(id);
      const name = `${move.member} ${move.stage}: ${id}`;
      const isSure = wanted !== undefined && !(models.changed && id.includes('#message#'));
      const mayBeTold = isNews || isLoud(document);
      demand(!isTold || ((wanted || !isSure) && mayBeTold), 'letters', () => `${name} was asked for without reason`);
      const mayBeQuiet = !isNews || wasLate(staleAfter);
      demand(isTold || !wanted || mayBeQuiet, 'letters', () => `${name} was not asked for`);
    }
  }
  for (const effect of effects) {
    if (effect.kind === 'move' || known.has(effect.id)) continue;
    if (effect.kind === 'message' && effect.on === 'stay') {
      checkStay(findings, models.of(effect.model).document, effect, moves);
    } else demand(false, 'letters', () => `${effect.member} ${effect.id} was asked for without reason`);
  }
  checkStaysNoted(findings, models, letters, told);
};
