import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ActivityEvent } from '../../../events/envelope.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { NOBODY } from '../../../shared/scoring/evolve.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { eventsOf, modelOf, rulesOf } from './cases.ts';
import { areEqual, folded } from './compared.ts';
import { handWrittenFold } from './hand-written.ts';
import { type Way, waysFor } from './ways.ts';

/*
 * How fast rules are matched and events folded, next to other engines and to code written by hand for the same rules,
 * in one run on one machine. What is compared runs in turn, round by round; medians are told. Only the ratios mean
 * anything. `npm run bench:engine`, half a minute or so.
 */
const ROUNDS = 9;
const RULES = 200;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** CPU time of this process, µs: what other processes take does not count. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};
const timed = async <Result>(work: () => Result | Promise<Result>): Promise<{ micros: number; result: Result }> => {
  const before = cpu();
  const result = await work();
  return { micros: cpu() - before, result };
};

/** Median µs of each work, all in turn; two rounds warm up. */
const inTurn = async (works: readonly (() => unknown)[]): Promise<readonly number[]> => {
  const taken = works.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, work] of works.entries()) {
      const { micros } = await timed(work);
      if (round >= 0) taken[i]?.push(micros);
    }
  }
  return taken.map(median);
};

const print = (name: string, ...cells: string[]) =>
  console.log(`${name.padEnd(38)}${cells.map((cell) => cell.padStart(18)).join('')}`);
const number = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

const matching = async (title: string, events: readonly ActivityEvent[], ways: readonly Way[]): Promise<void> => {
  const shares = ways.map(({ share }) => events.slice(0, events.length * share));
  const sums = new Map<number, string>();
  const runs = ways.map(({ name, run }, i) => async () => {
    const some = shares[i] ?? [];
    const found = JSON.stringify(await run(some));
    // What ours finds for as many events is what everybody has to find.
    const expected = sums.get(some.length) ?? JSON.stringify(await ways[0]?.run(some));
    sums.set(some.length, expected);
    if (found !== expected) throw new Error(`${name} found other matches`);
  });
  const texts = events.slice(0, 50_000).map((event) => JSON.stringify(event));
  const parse = () => {
    for (const text of texts) JSON.parse(text);
  };
  const micros = await inTurn([...runs, parse]);
  const perEvent = micros.map((all, i) => all / (shares[i] ?? texts).length);
  console.log(`\n${title}\n`);
  print('', 'µs per event', 'events per CPU-s', 'times by hand');
  for (const [i, name] of [...ways.map((way) => way.name), '(JSON.parse of the event)'].entries()) {
    const one = perEvent[i] ?? Number.NaN;
    print(name, number(one), number(1e6 / one), number(one / (perEvent[1] ?? Number.NaN)));
  }
};

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes that matching allocates for an event that none of the rules fits. */
const garbage = (rules: number): number => {
  const on = 'thing.done-0';
  const never = [{ field: 'channel', eq: 'none' }];
  const same = Array.from({ length: rules }, (_, i) => ({
    ...{ id: `rule-${i}`, on, tests: never, score: 'interest' as const, points: 1 },
  }));
  const index = compile(modelOf(same, false)).rulesOn.get(on);
  const events = eventsOf(20_000).map((event) => ({ ...event, type: on }));
  const run = () => {
    for (const event of events) index?.matching(event, NOBODY);
  };
  for (let i = 0; i < 10; i++) run();
  collect();
  const before = process.memoryUsage().heapUsed;
  run();
  return (process.memoryUsage().heapUsed - before) / events.length;
};

/** Bytes that a result takes that is kept. */
const kept = (work: () => unknown): number => {
  const results = new Array<unknown>(50).fill(undefined);
  work();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (const i of results.keys()) results[i] = work();
  collect();
  return (process.memoryUsage().heapUsed - before) / results.length;
};

const folding = async (events: readonly ActivityEvent[]): Promise<void> => {
  const rules = rulesOf(RULES);
  const model = modelOf(rules, true);
  const compiled = compile(model);
  const byHand = await handWrittenFold(rules);
  if (!areEqual(folded(compiled, events), byHand(events))) throw new Error('the folds differ');
  const ledgers = [1000, 10_000].map((count) => events.slice(0, count));
  const [ours = Number.NaN, hand = Number.NaN, compiling = Number.NaN, ...refolds] = await inTurn([
    () => folded(compiled, events),
    () => byHand(events),
    () => compile(model),
    ...ledgers.map((ledger) => () => fold(compiled, ledger)),
  ]);
  console.log(
    `\nThe whole fold: order, caps, decay, two scores, two journeys, due; ${number(events.length)} events of one member\n`,
  );
  print('', 'µs per event', 'times by hand');
  print('Polku', number(ours / events.length), number(ours / hand));
  print('written by hand', number(hand / events.length), '1');
  console.log();
  for (const [i, ledger] of ledgers.entries()) {
    const bytes = kept(() => fold(compiled, ledger));
    print(
      `refold of a ledger of ${number(ledger.length)}`,
      `${number((refolds[i] ?? 0) / 1000)} ms`,
      `keeps ${number(bytes / 1024)} KB`,
    );
  }
  print('compiling 200 rules', `${number(compiling / 1000)} ms`);
  for (const count of [10, RULES]) print(`no fit among ${count} rules`, `${number(garbage(count))} bytes`);
};

const ways = await waysFor(rulesOf(RULES));
// First those that are alike: what has seen many shapes of event is never quick again, least of all code by hand.
await matching(
  'Matching: 200 rules, 12 types of event, 200,000 events, all with the same fields in the same order',
  eventsOf(200_000, true),
  ways.slice(0, 2),
);
await matching('The same, events of 6 to 10 fields; the same sums from all', eventsOf(200_000), ways);
await folding(eventsOf(20_000));
