import { DAY, milliseconds } from '../kernel/duration.ts';
import { type CompiledDecay, compileDecay, isDated, remaining } from '../scoring/decay.ts';
import type { Cap, Model, Rule } from '../scoring/model.ts';
import { type Decay, decayOf, type Score } from '../scoring/score-schema.ts';

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

/** How many days pass until nothing is left of a point. */
const lifetime = (decay: CompiledDecay): number => {
  if (!isDated(decay)) return Number.POSITIVE_INFINITY;
  let days = 0;
  for (let turn = decay.turnAfter(0); turn !== undefined; turn = decay.turnAfter(turn)) days = turn;
  return days;
};

/**
 * The most that a full period can add up to while points fade: q(1 + r + r² + …), r = what is left of a point after
 * one period. By the calendar, two full periods may meet at its turn: q + q(1 + r + …). Points that come to an end
 * count in full here until they do, in as many periods as can touch that time.
 */
const steady = (perPeriod: number, per: string | undefined, decay: CompiledDecay): number => {
  if (per === undefined || perPeriod === 0) return perPeriod;
  const calendar = shortest[per];
  const period = calendar ?? milliseconds(per);
  if (isDated(decay)) return perPeriod * (Math.ceil((lifetime(decay) * DAY + HOUR) / period) + 1);
  if (decay.halfLife === undefined) return Number.POSITIVE_INFINITY;
  const series = 1 / (1 - remaining(period, decay.halfLife));
  return perPeriod * (calendar === undefined ? series : 1 + series);
};

const underCap = ({ times, points = Number.POSITIVE_INFINITY, per }: Cap, worth: number, decay: CompiledDecay) =>
  steady(Math.min(worth === 0 ? 0 : times * worth, points), per, decay);

/** What a rule gives at most, and takes at most, for one event: both 0 or more. */
const worthOf = ({ points }: Rule): { readonly gives: number; readonly takes: number } => {
  const [least, most] = typeof points === 'number' ? [points, points] : [points.atLeast, points.atMost];
  return { gives: Math.max(0, most), takes: Math.max(0, -least) };
};

/** What this lint knows of rules and scores. Whatever else there is may change the sum in ways of its own. */
const understood = {
  rule: new Set([
    'id',
    'title',
    'on',
    'where',
    'score',
    'points',
    'cap',
    'from',
    'until',
    'decay',
    'capGroup',
    'signOfLife',
  ]),
  cap: new Set(['times', 'points', 'oncePer', 'per']),
  score: new Set(['id', 'title', 'halfLife', 'decay', 'while', 'fit', 'sum', 'floor', 'ceiling', 'bands']),
};
const knows = (keys: ReadonlySet<string>, value: object): boolean =>
  Object.entries(value).every(([key, one]) => keys.has(key) || one === undefined);

const mostOf = (rule: Rule, side: 'gives' | 'takes', ofScore: Decay): number => {
  const worth = worthOf(rule)[side];
  if (worth === 0) return 0;
  if (!knows(understood.rule, rule)) return Number.POSITIVE_INFINITY;
  const caps = rule.cap.filter((cap) => knows(understood.cap, cap));
  const decay = compileDecay(rule.decay ?? ofScore);
  return Math.min(Number.POSITIVE_INFINITY, ...caps.map((cap) => underCap(cap, worth, decay)));
};

/** What rules of one group give a score together, where a cap that they share leaves less than each by itself. */
const mostOfGroup = (rules: readonly Rule[], caps: readonly Cap[], side: 'gives' | 'takes', ofScore: Decay): number => {
  const alone = rules.reduce((all, rule) => all + mostOf(rule, side, ofScore), 0);
  if (!rules.every((rule) => knows(understood.rule, rule))) return alone;
  const worth = Math.max(...rules.map((rule) => worthOf(rule)[side]));
  const [decay = ofScore, ...others] = new Set(rules.map((rule) => rule.decay ?? ofScore));
  // What fades in several ways adds up over periods in a way of its own.
  const known = caps.filter((cap) => knows(understood.cap, cap) && (others.length === 0 || cap.per === undefined));
  return Math.min(alone, ...known.map((cap) => underCap(cap, worth, compileDecay(decay))));
};

/** Fractions add up to a little less now and then; a threshold at the very bound can be reached. */
const roomy = (sum: number): number => (Number.isInteger(sum) ? sum : sum * (1 + 1e-9));

const earnedReach = (score: Score, { rules, capGroups }: Model): Reach => {
  const { id, floor = Number.NEGATIVE_INFINITY, ceiling = Number.POSITIVE_INFINITY } = score;
  if (!knows(understood.score, score)) return { least: Number.NEGATIVE_INFINITY, greatest: ceiling };
  const fed = rules.filter((rule) => rule.score === id);
  const groups = [...Map.groupBy(fed, ({ capGroup }) => capGroup)];
  const sum = (side: 'gives' | 'takes') =>
    roomy(
      groups.reduce((all, [group, its]) => {
        const caps = capGroups.find((one) => one.id === group)?.cap ?? [];
        return all + mostOfGroup(its, caps, side, decayOf(score));
      }, 0),
    );
  // Where losses fade later than gains, decay itself takes a score below its floor.
  const alike = fed.every(({ decay }) => decay === undefined) && !isDated(compileDecay(decayOf(score)));
  return {
    least: Math.max(alike ? floor : Number.NEGATIVE_INFINITY, 0 - sum('takes')),
    greatest: Math.min(alike ? ceiling : Number.POSITIVE_INFINITY, sum('gives')),
  };
};

/** Score → between which values it can lie, given the points, caps and decay of the model. Never too narrow. */
export const reachOf = (model: Model): ReadonlyMap<string, Reach> => {
  const reach = new Map<string, Reach>();
  for (const score of model.scores) {
    const { id, fit, sum } = score;
    if (fit) {
      const side = (sign: 1 | -1) =>
        fit.reduce((all, { points }) => all + (Math.sign(points) === sign ? points : 0), 0);
      reach.set(id, { least: roomy(side(-1)), greatest: roomy(side(1)) });
    } else if (sum) {
      const parts = sum.flatMap((part) => reach.get(part) ?? []);
      reach.set(id, {
        least: roomy(parts.reduce((all, { least }) => all + least, 0)),
        greatest: roomy(parts.reduce((all, { greatest }) => all + greatest, 0)),
      });
    } else {
      reach.set(id, earnedReach(score, model));
    }
  }
  return reach;
};
