import type { ActivityEvent } from '../../../events/envelope.ts';
import { due } from '../../../shared/scoring/advance.ts';
import { compile } from '../../../shared/scoring/compile.ts';
import { fold } from '../../../shared/scoring/fold.ts';
import { scoreAt } from '../../../shared/scoring/score.ts';
import { eventsOf, modelOf, rulesOf } from './cases.ts';
import { handWrittenFold } from './hand-written.ts';
import { waysFor } from './ways.ts';

/*
 * How fast rules are matched and events folded, next to other engines and to code written by hand for the same rules,
 * in one run on one machine. Only the ratios mean anything. `npm run bench:engine`, three minutes or so.
 */
const ROUNDS = 5;

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

const print = (name: string, ...cells: string[]) =>
  console.log(`${name.padEnd(38)}${cells.map((cell) => cell.padStart(18)).join('')}`);
const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });

const matching = async (events: readonly ActivityEvent[]): Promise<void> => {
  const rules = rulesOf(200);
  const ways = await waysFor(rules);
  const sums = new Map<string, unknown>();
  const perEvent = new Map(ways.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, share, run } of ways) {
      const some = events.slice(0, events.length * share);
      const { micros, result } = await timed(() => run(some));
      const expected = sums.get(String(some.length)) ?? result;
      if (JSON.stringify(expected) !== JSON.stringify(result)) throw new Error(`${name} found other matches`);
      // What ours finds for as many events is what everybody has to find.
      if (round === 0) sums.set(String(some.length), await ways[0]?.run(some));
      // The first round warms up.
      else perEvent.get(name)?.push(micros / some.length);
    }
  }
  const ours = median(perEvent.get(ways[0]?.name ?? '') ?? []);
  console.log(`\nMatching: 200 rules, 12 types of event, ${number(events.length)} events; the same sums from all\n`);
  print('', 'µs per event', 'events per CPU-s', 'times ours');
  for (const { name } of ways) {
    const micros = median(perEvent.get(name) ?? []);
    print(name, number(micros), number(1e6 / micros), number(micros / ours));
  }
  const texts = events.slice(0, 50_000).map((event) => JSON.stringify(event));
  const parsing = await timed(() => {
    for (const text of texts) JSON.parse(text);
  });
  print(
    '(JSON.parse of the event)',
    number(parsing.micros / texts.length),
    '',
    number(parsing.micros / texts.length / ours),
  );
};

const folding = async (events: readonly ActivityEvent[]): Promise<void> => {
  const rules = rulesOf(200);
  const model = modelOf(rules, true);
  const compiling: number[] = [];
  for (let i = 0; i < 20; i++) compiling.push((await timed(() => compile(model))).micros);
  const compiled = compile(model);
  const byHand = await handWrittenFold(rules);
  const [ours, hand]: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const a = await timed(() => {
      const standing = fold(compiled, events);
      return { standing, due: due(compiled, standing) };
    });
    const b = await timed(() => byHand(events));
    const at = events.at(-1)?.time ?? 0;
    if (Math.abs(scoreAt(compiled, a.result.standing, 'interest', at) - b.result.interest) > 1e-6) {
      throw new Error('the folds differ');
    }
    if (round === 0) continue;
    ours.push(a.micros / events.length);
    hand.push(b.micros / events.length);
  }
  console.log(
    `\nThe whole fold: caps, decay, two scores, two journeys, due; ${number(events.length)} events of one member\n`,
  );
  print('', 'µs per event', 'times by hand');
  print('Polku', number(median(ours)), number(median(ours) / median(hand)));
  print('written by hand', number(median(hand)), '1');
  console.log();
  for (const count of [1000, 10_000]) {
    const ledger = events.slice(0, count);
    fold(compiled, ledger);
    const { micros } = await timed(() => fold(compiled, ledger));
    print(`refold of a ledger of ${number(count)}`, `${number(micros / 1000)} ms`);
  }
  print('compiling 200 rules', `${number(median(compiling) / 1000)} ms`);
};

await matching(eventsOf(200_000));
await folding(eventsOf(20_000));
