import { definitions } from '../support/definitions.ts';
import { bite } from './bite.ts';
import { bugs } from './bugs/bugs.ts';

const SEEDS = 1000;
const names = process.argv.slice(2);

const stack = definitions();
let missed = 0;
for (const bug of bugs.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const { seeds, finding } = await bite(bug, stack, SEEDS);
  if (!finding) missed++;
  const how = finding ? `caught at seed ${seeds} by ${finding.check}` : `NOT caught within ${SEEDS} seeds`;
  console.log(`${bug.name.padEnd(30)} ${how.padEnd(44)} ${bug.says}`);
}
console.log(missed === 0 ? 'Every planted bug is caught.' : `${missed} are not caught.`);
process.exitCode = missed === 0 ? 0 : 1;
