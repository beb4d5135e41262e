import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { run } from './cli/run.ts';
import { progress } from './progress.ts';
import { stopWhenUnread } from './stop-when-unread.ts';

const { env, stdin, stdout, stderr } = process;
/** Nobody chose these: then dates are written in a way that can be read everywhere. */
const unset = new Set([undefined, '', 'C', 'POSIX', 'C.UTF-8', 'C.utf8']);
const chosen = env.LC_ALL || env.LC_TIME || env.LANG;

const confirm = async (question: string): Promise<boolean> => {
  if (!stdin.isTTY || !stderr.isTTY) return false;
  const asking = createInterface({ input: stdin, output: stderr });
  try {
    return (await asking.question(`${question} Type yes: `)).trim().toLowerCase() === 'yes';
  } finally {
    asking.close();
  }
};

stopWhenUnread();
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
  confirm,
  progress: (title, total) => progress(title, total, stderr),
  wait: async (ms) => void (await wait(ms)),
  now: Date.now,
});
