import { parseArgs } from 'node:util';
import { definitions } from '../support/definitions.ts';
import { bugs, wiringWith } from './bugs/bugs.ts';
import { allFaults, type Fault } from './faults.ts';
import { type SimulationOptions, simulate } from './run.ts';
import { commandFor, shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string' },
    without: { type: 'string' },
    bug: { type: 'string' },
  },
});

const listed = (text: string | undefined): string[] => (text ?? '').split(',').filter((one) => one !== '');

const faultOf = (text: string): Fault => {
  const [at, name] = text.split(':');
  const kind = allFaults.find((one) => one === name);
  if (kind === undefined) throw new Error(`There is no fault ${name}`);
  return { at: Number(at), kind };
};

const bug = bugs.find(({ name }) => name === values.bug);
const options: SimulationOptions = {
  seed: Number(values.seed ?? 1),
  definitions: definitions(),
  only: values.only === undefined ? undefined : listed(values.only).map(faultOf),
  without: listed(values.without).map(Number),
  wiring: bug && wiringWith(bug),
  tell: true,
};

const run = await simulate(options);
const isWhole = values.only === undefined && values.without === undefined;
const shown = run.found.length > 0 && isWhole ? await shrink(options) : undefined;
const { lines, found, steps, hash } = shown?.run ?? run;
console.log(lines.slice(0, -1).join('\n'));
for (const { check, says } of found) console.log(`FAILED ${check}: ${says}`);
console.log(`${steps} steps, hash ${hash}`);
if (shown) console.log(`Shrunk from ${run.steps} steps. To play it again:\n${commandFor(run.seed, shown)}`);
process.exitCode = found.length > 0 ? 1 : 0;
