import type { ActivityEvent } from '../../../events/envelope.ts';
import type { Standing } from '../../../shared/scoring/standing.ts';
import type { BenchRule, Test } from './cases.ts';

export type Sums = { interest: number; belonging: number };
export type Matching = (event: ActivityEvent, sums: Sums) => void;

const source = (test: Test): string => {
  const field = `data.${test.field}`;
  if ('eq' in test) return `${field} === ${JSON.stringify(test.eq)}`;
  // Without the first half "7" and null would count as numbers: data are whatever a source sends.
  if ('gte' in test) return `typeof ${field} === 'number' && ${field} >= ${test.gte}`;
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

/** What is stored of the member, as far as the model of the benchmark asks for it, and when they change by themselves. */
export type HandWritten = Pick<Standing, 'last' | 'asOf' | 'activeAt' | 'scores' | 'counted' | 'stages'> & {
  readonly status: string | undefined;
  readonly due: number | undefined;
};
export type HandWrittenFold = (events: readonly ActivityEvent[]) => HandWritten;

/**
 * The whole fold of the model by hand, to the same result: the events in order, decay, every fourth rule capped, who has
 * left, two journeys of three stages with the exact instant of every change, and the due instant.
 */
export const handWrittenFold = async (rules: readonly BenchRule[]): Promise<HandWrittenFold> => {
  const { fold } = await importSource<{ fold: HandWrittenFold }>(`
const DAY = 86400000;
const names = ['low', 'middle', 'high'];
const enter = [-Infinity, 60, 200];
const keep = [-Infinity, 40, 150];
const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a, b) => a.time - b.time || order(a.source, b.source) || order(a.id, b.id);

const valueOf = (score, time) => score.value * 2 ** (-(time - score.at) / score.half);
const give = (score, points, time) => {
  score.value = valueOf(score, time) + points;
  score.at = time;
  score.given = true;
};
const stageFor = (value, present) =>
  value >= (present === 2 ? keep[2] : enter[2]) ? 2 : value >= (present === 1 ? keep[1] : enter[1]) ? 1 : 0;
const place = (score, time) => {
  const stage = stageFor(valueOf(score, time), score.stage);
  if (stage === score.stage) return;
  score.stage = stage;
  score.since = time;
};
// The first ms at which the score is no longer what keeps its stage; the formula is a ms off where it rounds.
const leavesAt = (score) => {
  const bound = keep[score.stage];
  let time = Math.ceil(score.at + score.half * Math.log2(score.value / bound));
  while (valueOf(score, time) >= bound) time++;
  while (valueOf(score, time - 1) < bound) time--;
  return time;
};
const advance = (score, time) => {
  while (score.stage > 0 && valueOf(score, time) < keep[score.stage]) place(score, leavesAt(score));
};

export const fold = (ledger) => {
  const events = ledger.toSorted(inOrder);
  const interest = { half: 30 * DAY, value: 0, at: 0, given: false, stage: undefined, since: 0 };
  const belonging = { half: 60 * DAY, value: 0, at: 0, given: false, stage: undefined, since: 0 };
  const counted = {};
  let status, activeAt;
  const capped = (rule, time) => {
    const list = (counted[rule] ??= []);
    let from = 0;
    while (from < list.length && list[from] <= time - 30 * DAY) from++;
    if (list.length - from >= 3) return false;
    if (from > 0) list.splice(0, from);
    list.push(time);
    return true;
  };
  for (const { type, data, time } of events) {
    if (status !== 'left') {
      advance(interest, time);
      advance(belonging, time);
    }
    let matched = activeAt === undefined;
    switch (type) {
      case 'lead.created': if (status !== 'member') status = 'lead'; break;
      case 'member.joined': status = 'member'; matched = true; break;
      case 'member.left': status = 'left'; break;
      ${cases(
        rules,
        (rule, index) =>
          `if (${condition(rule)}) { matched = true; ${index % 4 === 0 ? `if (capped('rule-${index}', time)) ` : ''}give(${rule.score}, ${rule.points}, time); }`,
      )}
    }
    if (matched) activeAt = time;
    if (status === 'left') {
      interest.stage = belonging.stage = undefined;
    } else {
      place(interest, time);
      place(belonging, time);
    }
  }
  const last = events.at(-1);
  const each = (of) => {
    const found = {};
    for (const [id, score] of [['interest', interest], ['belonging', belonging]]) {
      const one = of(score);
      if (one !== undefined) found[id] = one;
    }
    return found;
  };
  const dues = [interest, belonging].filter(({ stage }) => stage > 0).map(leavesAt);
  return {
    last: last && { time: last.time, source: last.source, id: last.id },
    asOf: last?.time ?? 0,
    activeAt,
    status,
    scores: each(({ half, value, at, given }) => (given ? { fading: { ['half-life ' + half / DAY + ' days']: { value, at } } } : undefined)),
    counted,
    stages: each(({ stage, since }) => (stage === undefined ? undefined : { stage: names[stage], since })),
    due: dues.length > 0 ? Math.min(...dues) : undefined,
  };
};`);
  return fold;
};
