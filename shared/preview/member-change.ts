import type { ActivityEvent } from '../../events/envelope.ts';
import { explain } from '../scoring/explain.ts';
import type { Side, Span, Walk } from './walk.ts';

/** What one model makes of a member, and another. */
type BeforeAfter = { readonly before: number; readonly after: number };

/** How a member comes to stand elsewhere. */
export type MemberChange = {
  readonly member: string;
  readonly journeys: readonly {
    readonly journey: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Scores that differ, the one that differs most first, each with the rules that make the difference. */
  readonly scores: readonly ({
    readonly score: string;
    /** The rules, facts or parts of a sum that make the difference, the greatest first. */
    readonly rules: readonly ({ readonly rule: string } & BeforeAfter)[];
  } & BeforeAfter)[];
};

/** Differences smaller than this are not worth a word: points are shown with one decimal. */
const WORTH_A_WORD = 0.05;
const RULES_NAMED = 5;

const difference = ({ before, after }: BeforeAfter): number => Math.abs(after - before);
const byDifference = (a: BeforeAfter, b: BeforeAfter): number => difference(b) - difference(a);

/** What differs for a member under two models, without the rules behind it. */
export const changeOf = (member: string, before: Walk, after: Walk): MemberChange => {
  const journeys = new Set([...Object.keys(before.standing.stages), ...Object.keys(after.standing.stages)]);
  const scores = new Set([...Object.keys(before.scores), ...Object.keys(after.scores)]);
  return {
    member,
    journeys: [...journeys].flatMap((journey) => {
      const from = before.standing.stages[journey]?.stage ?? null;
      const to = after.standing.stages[journey]?.stage ?? null;
      return from === to ? [] : [{ journey, from, to }];
    }),
    scores: [...scores]
      .map((score) => ({ score, before: before.scores[score] ?? 0, after: after.scores[score] ?? 0, rules: [] }))
      .filter((score) => difference(score) >= WORTH_A_WORD)
      .sort(byDifference),
  };
};

/** What a score is made of now: points by rule, by fact, or by the score that is added up. */
const pointsByRule = (side: Side, events: readonly ActivityEvent[], at: number) => {
  const points = new Map<string, Map<string, number>>();
  for (const { score, contributions, facts, parts } of explain(side.compiled, events, at).scores) {
    const rules = new Map<string, number>();
    for (const { rule, pointsNow } of contributions) rules.set(rule, (rules.get(rule) ?? 0) + pointsNow);
    for (const { fact, points: given } of facts) rules.set(fact, given);
    for (const { score: part, value } of parts) rules.set(part, value);
    points.set(score, rules);
  }
  return points;
};

/** The same change with the rules that make the difference: what each is worth now under one model and the other. */
export const explained = (
  change: MemberChange,
  [current, draft]: readonly [Side, Side],
  events: readonly ActivityEvent[],
  { at }: Span,
): MemberChange => {
  if (change.scores.length === 0) return change;
  const [before, after] = [pointsByRule(current, events, at), pointsByRule(draft, events, at)];
  return {
    ...change,
    scores: change.scores.map((one) => {
      const [was, is] = [before.get(one.score), after.get(one.score)];
      const rules = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])]
        .map((rule) => ({ rule, before: was?.get(rule) ?? 0, after: is?.get(rule) ?? 0 }))
        .filter((rule) => difference(rule) >= WORTH_A_WORD)
        .sort(byDifference)
        .slice(0, RULES_NAMED);
      return { ...one, rules };
    }),
  };
};

export const isChanged = ({ journeys, scores }: MemberChange): boolean => journeys.length + scores.length > 0;

const greatest = ({ scores: [first] }: MemberChange): number => (first ? difference(first) : 0);

/** Who changed more comes first: by journeys with another stage, then by the score that differs most, then by id. */
export const byChange = (a: MemberChange, b: MemberChange): number =>
  b.journeys.length - a.journeys.length ||
  greatest(b) - greatest(a) ||
  (a.member < b.member ? -1 : a.member > b.member ? 1 : 0);
