import type { ActivityEvent } from '../../../events/envelope.ts';
import type { BenchRule, Test } from './cases.ts';

export type Sums = { interest: number; belonging: number };
export type Matching = (event: ActivityEvent, sums: Sums) => void;

const source = (test: Test): string => {
  const field = `data.${test.field}`;
  if ('eq' in test) return `${field} === ${JSON.stringify(test.eq)}`;
  if ('gte' in test) return `${field} >= ${test.gte}`;
  return `(${test.in.map((one) => `${field} === ${JSON.stringify(one)}`).join(' || ')})`;
};
const condition = ({ tests }: BenchRule): string => (tests.length === 0 ? 'true' : tests.map(source).join(' && '));

const importSource = async <Module>(text: string): Promise<Module> =>
  import(`data:text/javascript,${encodeURIComponent(text)}`);

const cases = (rules: readonly BenchRule[], body: (rule: BenchRule, index: number) => string): string =>
  [
    ...Map.groupBy(
      rules.map((rule, index) => ({ rule, index })),
      ({ rule }) => rule.on,
    ),
  ]
    .map(
      ([type, same]) =>
        `case ${JSON.stringify(type)}: ${same.map(({ rule, index }) => body(rule, index)).join('\n')} break;`,
    )
    .join('\n');

/** What a programmer would write for these rules and no others: a switch over the types, the conditions spelt out. */
export const handWrittenMatching = async (rules: readonly BenchRule[]): Promise<Matching> => {
  const { matching } = await importSource<{ matching: Matching }>(`
export const matching = ({ type, data }, sums) => {
  switch (type) {
    ${cases(rules, (rule) => `if (${condition(rule)}) sums.${rule.score} += ${rule.points};`)}
  }
};`);
  return matching;
};

export type HandWrittenFold = (events: readonly ActivityEvent[]) => {
  readonly interest: number;
  readonly belonging: number;
  readonly stages: readonly [string, string];
  readonly due: number | undefined;
};

/** The whole fold of the model by hand: decay, every fourth rule capped, two journeys of three stages, the due instant. */
export const handWrittenFold = async (rules: readonly BenchRule[]): Promise<HandWrittenFold> => {
  const { fold } = await importSource<{ fold: HandWrittenFold }>(`
const DAY = 86400000;
const half = { interest: 30 * DAY, belonging: 60 * DAY };
const scores = ['interest', 'belonging'];
export const fold = (events) => {
  const value = { interest: 0, belonging: 0 };
  const at = { interest: 0, belonging: 0 };
  const stage = { interest: 0, belonging: 0 };
  const counted = new Map();
  const now = (score, time) => value[score] * 2 ** (-(time - at[score]) / half[score]);
  const add = (score, points, time) => { value[score] = now(score, time) + points; at[score] = time; };
  const capped = (rule, time) => {
    const list = (counted.get(rule) ?? []).filter((one) => one > time - 30 * DAY);
    if (list.length < 3) { list.push(time); counted.set(rule, list); return true; }
    counted.set(rule, list);
    return false;
  };
  const place = (v, present) => v >= (present === 2 ? 150 : 200) ? 2 : v >= (present === 1 ? 40 : 60) ? 1 : 0;
  const instant = (score, bound) => Math.ceil(at[score] + half[score] * Math.log2(value[score] / bound));
  const next = (score) => {
    const present = stage[score];
    if (present === 0) return undefined;
    const after = instant(score, present === 2 ? 150 : 40);
    return now(score, after) >= (present === 2 ? 150 : 40) ? after + 1 : after;
  };
  const advance = (until) => {
    for (;;) {
      let first, which;
      for (const score of scores) { const t = next(score); if (t !== undefined && t <= until && (first === undefined || t < first)) { first = t; which = score; } }
      if (first === undefined) return;
      stage[which] = place(now(which, first), stage[which]);
    }
  };
  for (const { type, data, time } of events) {
    advance(time);
    switch (type) {
      ${cases(rules, (rule, index) => `if (${condition(rule)}${index % 4 === 0 ? ` && capped(${index}, time)` : ''}) add('${rule.score}', ${rule.points}, time);`)}
    }
    for (const score of scores) stage[score] = place(now(score, time), stage[score]);
  }
  const names = ['low', 'middle', 'high'];
  const last = events.at(-1)?.time ?? 0;
  const dues = scores.map(next).filter((one) => one !== undefined);
  return { interest: now('interest', last), belonging: now('belonging', last), stages: scores.map((score) => names[stage[score]]), due: dues.length ? Math.min(...dues) : undefined };
};`);
  return fold;
};
