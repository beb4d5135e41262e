import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { allFaults } from './faults.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000000' },
    state: { type: 'string', default: '.polku/soak.json' },
    workers: { type: 'string', default: '2' },
  },
});

const PER_TASK = 50;
/** What many seeds must come to: steps of each, and how often each kind of fault is met in 10,000. */
const FEWEST_STEPS = 200;
const MET = 1000 / 10_000;
const State = z.object({
  /** All seeds below this one are played. */
  next: z.int(),
  steps: z.int(),
  fewestSteps: z.int(),
  failed: z.array(z.object({ seed: z.int(), says: z.string() })),
  kinds: z.record(z.string(), z.int()),
});
const Told = z.array(
  z.object({
    seed: z.int(),
    steps: z.int(),
    failed: z.string().optional(),
    kinds: z.record(z.string(), z.int()),
  }),
);

const file = values.state;
const seeds = Number(values.seeds);
const state = existsSync(file)
  ? State.parse(JSON.parse(readFileSync(file, 'utf8')))
  : { next: 1, steps: 0, fewestSteps: Number.MAX_SAFE_INTEGER, failed: [], kinds: {} };
const begun = { at: performance.now(), next: state.next };
/** What is played already beyond the next one that is not. */
const done = new Set<number>();
let given = state.next;

const keep = (): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(state));
};

const note = (told: z.infer<typeof Told>): void => {
  for (const { seed, steps, failed, kinds } of told) {
    done.add(seed);
    state.steps += steps;
    state.fewestSteps = Math.min(state.fewestSteps, steps);
    for (const [kind, count] of Object.entries(kinds)) state.kinds[kind] = (state.kinds[kind] ?? 0) + count;
    if (failed === undefined) continue;
    state.failed.push({ seed, says: failed });
    console.log(`FAILED seed ${seed}: ${failed}\n  npm run simulate -- --seed ${seed}`);
  }
  while (done.delete(state.next)) state.next++;
  keep();
  const rate = (1000 * (state.next - begun.next)) / (performance.now() - begun.at);
  const left = (seeds - state.next) / 3600 / rate;
  console.log(
    `${state.next - 1} of ${seeds} seeds, ${state.steps} steps, ${state.failed.length} failed, ${rate.toFixed(1)} seeds/s, ${left.toFixed(1)} h left`,
  );
};

console.log(state.next > 1 ? `Goes on after seed ${state.next - 1} (${file})` : `Begins; keeps where it is in ${file}`);
const worker = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./soak-worker.ts', import.meta.url));
    child.on('message', (told) => {
      const read = Told.parse(told);
      if (read.length > 0) note(read);
      const task: number[] = [];
      while (task.length < PER_TASK && given <= seeds) task.push(given++);
      if (task.length > 0) child.send(task);
      else {
        child.disconnect();
        resolve();
      }
    });
    child.on('error', reject);
    child.on('exit', (code) => (code ? reject(new Error(`A worker ended with ${code}`)) : resolve()));
  });
await Promise.all(Array.from({ length: Number(values.workers) }, worker));
console.log(JSON.stringify(state.kinds));

const played = state.next - 1;
const rare = played < 1000 ? [] : allFaults.filter((kind) => (state.kinds[kind] ?? 0) < MET * played);
for (const kind of rare) console.log(`FAILED: ${kind} was met ${state.kinds[kind] ?? 0} times only`);
const isShort = state.fewestSteps < FEWEST_STEPS;
if (isShort) console.log(`FAILED: a seed had ${state.fewestSteps} steps only`);
process.exitCode = state.failed.length + rare.length > 0 || isShort ? 1 : 0;
