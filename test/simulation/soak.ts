import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { allFaults } from './faults.ts';
import { soakBook, Told } from './soak-book.ts';
import { progress } from './soak-progress.ts';

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
const file = values.state;
const seeds = Number(values.seeds);
const book = soakBook(file);
const begun = { at: performance.now(), next: book.state().next };
let given = begun.next;

const note = (told: readonly Told[]): void => {
  for (const { seed, failed } of told) {
    if (failed !== undefined) console.log(`FAILED seed ${seed}: ${failed}\n  npm run simulate -- --seed ${seed}`);
  }
  book.note(told);
  console.log(progress(book.state(), { seeds, begun, now: performance.now() }));
};

console.log(begun.next > 1 ? `Goes on after seed ${begun.next - 1} (${file})` : `Begins; keeps where it is in ${file}`);
const worker = (): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('./soak-worker.ts', import.meta.url));
    child.on('message', (told) => {
      const read = z.array(Told).parse(told);
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
const state = book.state();
console.log(JSON.stringify(state.kinds));

const played = state.next - 1;
const rare = played < 1000 ? [] : allFaults.filter((kind) => (state.kinds[kind] ?? 0) < MET * played);
for (const kind of rare) console.log(`FAILED: ${kind} was met ${state.kinds[kind] ?? 0} times only`);
const isShort = state.fewestSteps < FEWEST_STEPS;
if (isShort) console.log(`FAILED: a seed had ${state.fewestSteps} steps only`);
process.exitCode = state.failed.length + rare.length > 0 || isShort ? 1 : 0;
