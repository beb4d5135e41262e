import { ZenEngine } from '@gorules/zen-engine';
import { parse } from '@marcbachmann/cel-js';
import jsonLogic, { type RulesLogic } from 'json-logic-js';
import { Engine } from 'json-rules-engine';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { NOBODY } from '../../../shared/scoring/evolve.ts';
import { type BenchRule, modelOf, type Test } from './cases.ts';
import { handWrittenMatching, type Sums } from './hand-written.ts';

/** One way to say which rules match events and to add up their points. */
export type Way = {
  readonly name: string;
  /** Slow ways get fewer of the events; what they take is reckoned per event. */
  readonly share: number;
  readonly run: (events: readonly ActivityEvent[]) => Sums | Promise<Sums>;
};

const none = (): Sums => ({ interest: 0, belonging: 0 });
const byType = (rules: readonly BenchRule[]) => Map.groupBy(rules, ({ on }) => on);

const ours = (rules: readonly BenchRule[]): Way => {
  const { rulesOn } = compile(modelOf(rules, false));
  return {
    name: 'Polku, compiled',
    share: 1,
    run: (events) => {
      const sums = none();
      for (const event of events) {
        for (const { rule, points } of rulesOn.get(event.type)?.matching(event, NOBODY) ?? []) {
          if (rule.score === 'interest') sums.interest += points(event.data) ?? 0;
          else sums.belonging += points(event.data) ?? 0;
        }
      }
      return sums;
    },
  };
};

const byHand = async (rules: readonly BenchRule[]): Promise<Way> => {
  const matching = await handWrittenMatching(rules);
  return {
    name: 'hand-written switch',
    share: 1,
    run: (events) => {
      const sums = none();
      for (const event of events) matching(event, sums);
      return sums;
    },
  };
};

const jsonLogicWay = (rules: readonly BenchRule[]): Way => {
  const logic = (test: Test): RulesLogic => {
    const value = { var: `data.${test.field}` };
    if ('eq' in test) return { '===': [value, test.eq] };
    // A missing number counts as 0 there.
    return 'gte' in test
      ? { and: [{ '!==': [value, null] }, { '>=': [value, test.gte] }] }
      : { in: [value, [...test.in]] };
  };
  const indexed = byType(rules);
  const ready = new Map(
    [...indexed].map(([type, same]) => [
      type,
      same.map((rule): { rule: BenchRule; logic: RulesLogic } => ({
        rule,
        logic: rule.tests.length === 0 ? true : { and: rule.tests.map(logic) },
      })),
    ]),
  );
  return {
    name: 'json-logic-js, by type',
    share: 0.1,
    run: (events) => {
      const sums = none();
      for (const event of events) {
        for (const { rule, logic: one } of ready.get(event.type) ?? []) {
          if (jsonLogic.apply(one, event)) sums[rule.score] += rule.points;
        }
      }
      return sums;
    },
  };
};

const cel = (rules: readonly BenchRule[]): Way => {
  const expression = (test: Test) => {
    const field = `data.${test.field}`;
    if ('eq' in test) return `${field} == ${JSON.stringify(test.eq)}`;
    return 'gte' in test ? `(has(${field}) && ${field} >= ${test.gte}.0)` : `${field} in ${JSON.stringify(test.in)}`;
  };
  const ready = new Map(
    [...byType(rules)].map(([type, same]) => [
      type,
      same.map((rule) => ({
        rule,
        holds: parse(rule.tests.length === 0 ? 'true' : rule.tests.map(expression).join(' && ')),
      })),
    ]),
  );
  return {
    name: '@marcbachmann/cel-js, by type',
    share: 0.1,
    run: (events) => {
      const sums = none();
      for (const event of events) {
        for (const { rule, holds } of ready.get(event.type) ?? []) {
          if (holds({ data: event.data }) === true) sums[rule.score] += rule.points;
        }
      }
      return sums;
    },
  };
};

const jsonRulesEngine = (rules: readonly BenchRule[]): Way => {
  const engines = new Map(
    [...byType(rules)].map(([type, same]) => {
      const engine = new Engine([], { allowUndefinedFacts: true });
      for (const { tests, score, points } of same) {
        const all = tests.map((test) => {
          if ('eq' in test) return { fact: test.field, operator: 'equal', value: test.eq };
          return 'gte' in test
            ? { fact: test.field, operator: 'greaterThanInclusive', value: test.gte }
            : { fact: test.field, operator: 'in', value: test.in };
        });
        engine.addRule({ conditions: { all }, event: { type: score, params: { points } } });
      }
      return [type, engine] as const;
    }),
  );
  return {
    name: 'json-rules-engine, by type',
    share: 0.01,
    run: async (events) => {
      const sums = none();
      for (const event of events) {
        const found = await engines.get(event.type)?.run(event.data);
        for (const { type, params } of found?.events ?? []) {
          if (type === 'interest' || type === 'belonging') sums[type] += Number(params?.points);
        }
      }
      return sums;
    },
  };
};

const zenTable = (rules: readonly BenchRule[]) => {
  const fields = [...new Set(rules.flatMap(({ tests }) => tests.map(({ field }) => field)))];
  const cell = (test: Test | undefined): string => {
    if (!test) return '';
    if ('eq' in test) return JSON.stringify(test.eq);
    return 'gte' in test ? `>= ${test.gte}` : test.in.map((one) => JSON.stringify(one)).join(', ');
  };
  return {
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode' },
      {
        id: 'table',
        name: 'table',
        type: 'decisionTableNode',
        content: {
          hitPolicy: 'collect',
          inputs: fields.map((field) => ({ id: field, name: field, type: 'expression', field })),
          outputs: ['score', 'points'].map((field) => ({ id: field, name: field, type: 'expression', field })),
          rules: rules.map(({ id, tests, score, points }) => ({
            _id: id,
            ...Object.fromEntries(fields.map((field) => [field, cell(tests.find((test) => test.field === field))])),
            score: JSON.stringify(score),
            points: String(points),
          })),
        },
      },
      { id: 'out', name: 'out', type: 'outputNode' },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
};

type Hit = { readonly score: 'interest' | 'belonging'; readonly points: number };

const zen = (rules: readonly BenchRule[]): Way => {
  const engine = new ZenEngine();
  const decisions = new Map([...byType(rules)].map(([type, same]) => [type, engine.createDecision(zenTable(same))]));
  return {
    name: '@gorules/zen-engine table, by type',
    share: 0.05,
    run: async (events) => {
      const sums = none();
      // As many in flight as its threads can take.
      for (let i = 0; i < events.length; i += 16) {
        const found = await Promise.all(
          events.slice(i, i + 16).map(({ type, data }) => decisions.get(type)?.evaluate({ ...data })),
        );
        const hits: Hit[] = found.flatMap((one) => one?.result ?? []);
        for (const { score, points } of hits) sums[score] += points;
      }
      return sums;
    },
  };
};

/** Polku first, then the others. */
export const waysFor = async (rules: readonly BenchRule[]): Promise<readonly Way[]> => [
  ours(rules),
  await byHand(rules),
  jsonLogicWay(rules),
  cel(rules),
  zen(rules),
  jsonRulesEngine(rules),
];
