import { dayOf } from '../kernel/calendar-period.ts';
import { type CompiledDecay, type DatedDecay, isDated, remaining } from './decay.ts';
import type { EarnedScore } from './score.ts';
import type { DayPoints, Fading, ScoreState, Standing } from './standing.ts';

type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/** A score while one event adds points to it: a copy of its state that is the event's own and is changed in place. */
export type Draft = {
  readonly score: EarnedScore;
  readonly instant: number;
  readonly state: { fading: Record<string, Fading>; dated?: Record<string, readonly DayPoints[]> };
  /** The part that was added to last, and how it fades: of many rules of one event, most add to the same. */
  decay: CompiledDecay | undefined;
  part: Writable<Fading> | undefined;
};

/** @param instant of the event, epoch ms */
export const draftOf = (score: EarnedScore, before: ScoreState | undefined, instant: number): Draft => ({
  score,
  instant,
  state: before?.dated
    ? { fading: { ...before.fading }, dated: { ...before.dated } }
    : { fading: { ...before?.fading } },
  decay: undefined,
  part: undefined,
});

const addDated = ({ score, state, instant }: Draft, decay: DatedDecay, points: number): void => {
  const today = dayOf(instant, score.timeZone);
  const days = state.dated?.[decay.key] ?? [];
  // What has come to its end is forgotten.
  const open = days.filter(([day]) => decay.turnAfter(today - day) !== undefined);
  const last = open.at(-1);
  const after: readonly DayPoints[] =
    last?.[0] === today ? [...open.slice(0, -1), [today, last[1] + points]] : [...open, [today, points]];
  state.dated = { ...state.dated, [decay.key]: after };
};

/** Adds what one rule gives. */
export const addPoints = (draft: Draft, decay: CompiledDecay, points: number): void => {
  if (isDated(decay)) {
    addDated(draft, decay, points);
    return;
  }
  if (draft.part && draft.decay === decay) {
    draft.part.value += points;
    return;
  }
  const { state, instant } = draft;
  const before = state.fading[decay.key];
  const value = before ? before.value * remaining(instant - before.at, decay.halfLife) : 0;
  draft.decay = decay;
  draft.part = { value: value + points, at: instant };
  state.fading[decay.key] = draft.part;
};

/** The states of all scores with the drafts in the place of what they were made from. */
export const withDrafts = (scores: Standing['scores'], drafts: readonly Draft[]): Standing['scores'] => {
  if (drafts.length === 0) return scores;
  const after: Record<string, ScoreState> = { ...scores };
  for (const { score, state } of drafts) after[score.id] = state;
  return after;
};
