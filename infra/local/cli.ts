import { readFileSync, writeFileSync } from 'node:fs';
import { run } from './cli/run.ts';

const { env, stdout, stderr } = process;
/** Nobody chose these: then dates are written in a way that can be read everywhere. */
const unset = new Set([undefined, '', 'C', 'POSIX', 'C.UTF-8', 'C.utf8']);
const chosen = env.LC_ALL || env.LC_TIME || env.LANG;

process.exitCode = await run(process.argv.slice(2), {
  env,
  fetch,
  readText: (file) => readFileSync(file, 'utf8'),
  writeNew: (file, text) => writeFileSync(file, text, { flag: 'wx' }),
  write: (text) => void stdout.write(text),
  complain: (text) => void stderr.write(text),
  watched: stdout.isTTY,
  colour: stdout.isTTY && !env.NO_COLOR && env.TERM !== 'dumb',
  ...(unset.has(chosen) ? { locale: 'en-GB' } : {}),
  now: Date.now,
});
