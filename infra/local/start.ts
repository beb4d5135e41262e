import type { LocalCloud } from './cloud.ts';
import { openDataFolder } from './data-folder.ts';
import { needPort } from './free-port.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { Trouble } from './trouble.ts';

/** How long stopping may take before it is cut short, in ms. */
const PATIENCE = 8000;

const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
// As on Lambda; worker threads share the process's time zone.
process.env.TZ = 'UTC';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const giveUp = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const stopOn = (cloud: LocalCloud): void => {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping …');
    setTimeout(() => process.exit(0), PATIENCE).unref();
    await cloud.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  cloud.broken.then(() => {
    if (!stopping)
      giveUp('The emulated DynamoDB has ended by itself: run `npm start` again; what it had answered is kept.');
  });
};

const run = async (options: Options): Promise<void> => {
  say('Polku is starting …');
  const began = performance.now();
  if (options.port > 0) {
    await needPort(options.port, 'front door');
    await needPort(options.port + 1, 'mailbox');
  }
  const folder = openDataFolder(options.data, options.fresh);
  // Only now, since reading it all takes longer than to see that it is of no use.
  const [{ startCloud }, { summary }] = await Promise.all([import('./cloud.ts'), import('./summary.ts')]);
  const cloud = await startCloud(options, folder, { zone, tell: (line) => void process.stderr.write(`${line}\n`) });
  stopOn(cloud);
  say(summary(cloud, performance.now() - began, Date.now()));
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options) await run(options);
  else say(HELP);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  giveUp(error.message);
}
