import { milliseconds } from '../kernel/duration.ts';
import type { Cap, Model, Rule } from '../scoring/model.ts';
import { remaining } from '../scoring/score.ts';

/** Between which values a score can lie. Infinite where nothing bounds it. */
export type Reach = { readonly least: number; readonly greatest: number };

const HOUR = 3_600_000;
/** No calendar period is shorter: February has 28 days, and clocks lose an hour in spring. */
const shortest: Readonly<Record<string, number>> = {
  'calendar day': 24 * HOUR - HOUR,
  'calendar week': 7 * 24 * HOUR - HOUR,
  'calendar month': 28 * 24 * HOUR - HOUR,
  'calendar quarter': 90 * 24 * HOUR - HOUR,
  'calendar year': 365 * 24 * HOUR - HOUR,
};

/**
 * The most that a full period can add up to while points fade: q(1 + r + r² + …), r = what is left of a point after
 * one period. By the calendar, two full periods may meet at its turn: q + q(1 + r + …).
 */
const steady = (perPeriod: number, per: string | undefined, halfLife: number | undefined): number => {
  if (per === undefined || perPeriod === 0) return perPeriod;
  if (halfLife === undefined) return Number.POSITIVE_INFINITY;
  const calendar = shortest[per];
  const series = 1 / (1 - remaining(calendar ?? milliseconds(per), halfLife));
  return perPeriod * (calendar === undefined ? series : 1 + series);
};

const underCap = (
  { times, points = Number.POSITIVE_INFINITY, per }: Cap,
  worth: number,
  halfLife: number | undefined,
) => steady(Math.min(worth === 0 ? 0 : times * worth, points), per, halfLife);

/** What a rule gives at most, and takes at most, for one event: both 0 or more. */
const worthOf = ({ points }: Rule): { readonly gives: number; readonly takes: number } => {
  const [least, most] = typeof points === 'number' ? [points, points] : [points.atLeast, points.atMost];
  return { gives: Math.max(0, most), takes: Math.max(0, -least) };
};

/** What this lint knows of rules and scores. Whatever else there is may change the sum in ways of its own. */
const understood = {
  rule: new Set(['id', 'title', 'on', 'where', 'score', 'points', 'cap', 'from', 'until']),
  cap: new Set(['times', 'points', 'oncePer', 'per']),
  score: new Set(['id', 'title', 'halfLife', 'floor', 'ceiling', 'bands']),
};
const knows = (keys: ReadonlySet<string>, value: object): boolean =>
  Object.entries(value).every(([key, one]) => keys.has(key) || one === undefined);

const mostOf = (rule: Rule, side: 'gives' | 'takes', halfLife: number | undefined): number => {
  const worth = worthOf(rule)[side];
  if (worth === 0) return 0;
  if (!knows(understood.rule, rule)) return Number.POSITIVE_INFINITY;
  const caps = rule.cap.filter((cap) => knows(understood.cap, cap));
  return Math.min(Number.POSITIVE_INFINITY, ...caps.map((cap) => underCap(cap, worth, halfLife)));
};

/** Fractions add up to a little less now and then; a threshold at the very bound can be reached. */
const roomy = (sum: number): number => (Number.isInteger(sum) ? sum : sum * (1 + 1e-9));

/** Score → between which values it can lie, given the points, caps and half-lives of the model. Never too narrow. */
export const reachOf = ({ scores, rules }: Model): ReadonlyMap<string, Reach> =>
  new Map(
    scores.map((score) => {
      const { id, floor = Number.NEGATIVE_INFINITY, ceiling = Number.POSITIVE_INFINITY } = score;
      if (!knows(understood.score, score)) return [id, { least: Number.NEGATIVE_INFINITY, greatest: ceiling }];
      const halfLife = score.halfLife === undefined ? undefined : milliseconds(score.halfLife);
      const fed = rules.filter((rule) => rule.score === id);
      const sum = (side: 'gives' | 'takes') => roomy(fed.reduce((all, rule) => all + mostOf(rule, side, halfLife), 0));
      return [id, { least: Math.max(floor, 0 - sum('takes')), greatest: Math.min(ceiling, sum('gives')) }];
    }),
  );
