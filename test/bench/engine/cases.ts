import type { ActivityEvent } from '../../../events/envelope.ts';
import { DAY } from '../../../shared/kernel/duration.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { random } from '../../simulation/random.ts';

export type Test =
  | { readonly field: string; readonly eq: string }
  | { readonly field: string; readonly gte: number }
  | { readonly field: string; readonly in: readonly string[] };

export type BenchRule = {
  readonly id: string;
  readonly on: string;
  readonly tests: readonly Test[];
  readonly score: 'interest' | 'belonging';
  readonly points: number;
};

const types = Array.from({ length: 12 }, (_, i) => `thing.done-${i}`);
const words: Readonly<Record<string, readonly string[]>> = {
  channel: ['web', 'app', 'office', 'phone'],
  region: ['north', 'south', 'east', 'west', 'coast'],
  topic: ['pay', 'pension', 'safety', 'courses', 'insurance', 'travel'],
  campaign: ['spring', 'autumn', 'none'],
};
const numbers: Readonly<Record<string, number>> = { amount: 500, hours: 12, rating: 5, visits: 40 };

/** So many rules of up to three conditions each, spread over twelve types of event. */
export const rulesOf = (count: number): readonly BenchRule[] => {
  const chance = random(1, 'rules');
  const anyTest = (field: string): Test => {
    const list = words[field];
    if (!list) return { field, gte: chance.between(1, numbers[field] ?? 1) };
    return chance.chance(0.5)
      ? { field, eq: chance.pick(list) }
      : { field, in: [...new Set([chance.pick(list), chance.pick(list)])] };
  };
  const fields = [...Object.keys(words), ...Object.keys(numbers)];
  return Array.from({ length: count }, (_, i) => ({
    id: `rule-${i}`,
    on: types[i % types.length] ?? '',
    tests: [...new Set(Array.from({ length: chance.between(0, 3) }, () => chance.pick(fields)))].map(anyTest),
    score: chance.chance(0.5) ? 'interest' : 'belonging',
    points: chance.between(1, 20),
  }));
};

/** What no rule asks about. */
const others: Readonly<Record<string, readonly string[]>> = { language: ['nb', 'fi', 'sv'], device: ['phone', 'desk'] };

/**
 * So many events of these types over a year, in order, as they come from a queue. Each has six fields, and four more
 * that may be there or not; `alike`: each has all ten, in one order.
 */
export const eventsOf = (count: number, alike = false): readonly ActivityEvent[] => {
  const chance = random(2, 'events');
  const start = Date.parse('2026-01-01T00:00:00Z');
  const isThere = (always: boolean) => always || chance.chance(0.5) || alike;
  return Array.from({ length: count }, (_, i) => {
    const data = Object.fromEntries([
      ...Object.entries(words).map(([field, list]) => [field, chance.pick(list)]),
      ...Object.entries(numbers)
        .filter((_, n) => isThere(n < 2))
        .map(([field, most]) => [field, chance.below(most + 1)]),
      ...Object.entries(others)
        .filter(() => isThere(false))
        .map(([field, list]) => [field, chance.pick(list)]),
    ]);
    const time = start + Math.floor((i * 365 * DAY) / count);
    const event = { source: 'bench', id: String(i), member: 'one', type: chance.pick(types), time, data };
    return JSON.parse(JSON.stringify(event));
  });
};

/** The rules as a model; with caps on every fourth and two journeys where all of the fold is asked for. */
export const modelOf = (rules: readonly BenchRule[], whole: boolean): Model => {
  const stages = (score: string) => [
    { id: 'low', title: 'Low' },
    { id: 'middle', title: 'Middle', enter: { score, gte: 60 }, stay: { score, gte: 40 } },
    { id: 'high', title: 'High', enter: { score, gte: 200 }, stay: { score, gte: 150 } },
  ];
  const everybody = { not: { attribute: 'status', eq: 'left' } };
  return Model.parse({
    title: 'Bench',
    scores: [
      { id: 'interest', title: 'Interest', halfLife: '30 days' },
      { id: 'belonging', title: 'Belonging', halfLife: '60 days' },
    ],
    rules: rules.map(({ tests, ...rule }, i) => ({
      ...rule,
      title: rule.id,
      ...(tests.length === 0 ? {} : { where: { all: tests } }),
      ...(whole && i % 4 === 0 ? { cap: { times: 3, per: '30 days' } } : {}),
    })),
    journeys: ['interest', 'belonging'].map((score) => ({
      id: score,
      title: score,
      appliesTo: everybody,
      stages: whole ? stages(score) : stages(score).slice(0, 1),
    })),
  });
};
