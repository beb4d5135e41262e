import { setTimeout as wait } from 'node:timers/promises';
import { DAY } from '../../../shared/kernel/duration.ts';
import { progress } from '../progress.ts';
import { stopWhenUnread } from '../stop-when-unread.ts';
import { messageOf, Trouble } from '../trouble.ts';
import { localCloud } from './cloud.ts';
import { readConnection } from './connection.ts';
import { frontDoor } from './front-door.ts';
import { YEAR } from './lives.ts';
import { lookup } from './lookup.ts';
import { mailKind } from './mail-kind.ts';
import { mailsByKind } from './mailbox.ts';
import { type DemoOptions, HELP, readDemoOptions } from './options.ts';
import { outcome } from './outcome.ts';
import { personId } from './person.ts';
import { HISTORY_DAYS, playDays, playHistory } from './play.ts';
import { reportLines } from './report.ts';
import { year } from './year.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const difference =
  (after: Readonly<Record<string, number>>, before: Readonly<Record<string, number>>) => (key: string) =>
    (after[key] ?? 0) - (before[key] ?? 0);

/** Plays a year of a made-up organisation through a running Polku, and tells what became of it. */
const play = async ({ seed, people, data }: DemoOptions): Promise<void> => {
  const { api, token, mailbox, control, source } = await readConnection(data);
  const look = lookup(api, token);
  if (await look.knows(personId(seed, 1))) {
    say(`The year with the seed ${seed} has been played here already, or begun.`);
    say(`Play another with \`npm run demo -- --seed ${seed + 1}\`, or begin anew with \`npm start -- --fresh\`.`);
    return;
  }

  const cloud = localCloud(control);
  const door = frontDoor(api, source, { fetch, wait });
  const stage = { cloud, door, progress: (title: string, total: number) => progress(title, total, process.stdout) };
  const today = Math.floor((await cloud.state()).now / DAY) * DAY;
  const { events } = year({ seed, people, start: today - HISTORY_DAYS * DAY });
  const hasHappened = events.findIndex(({ time }) => Date.parse(time) >= today);

  say(`A year of a made-up organisation: ${people} people, ${events.length} events, seed ${seed}.`);
  await playHistory(stage, events.slice(0, hasHappened));
  const before = (await cloud.state()).metrics;
  const kindOf = mailKind(await look.model());
  const mailsBefore = await mailsByKind(mailbox, kindOf);
  await playDays(stage, events.slice(hasHappened), today, YEAR - HISTORY_DAYS);
  const metric = difference((await cloud.state()).metrics, before);

  const mails = await mailsByKind(mailbox, kindOf);
  const kinds = Object.keys(mails).map((kind) => [kind, difference(mails, mailsBefore)(kind)] as const);
  const report = {
    ...(await outcome(look, 10)),
    mails: Object.fromEntries(kinds),
    held: await look.held(),
    commits: { fast: metric('FastCommits'), slow: metric('SlowCommits') },
    mailbox,
  };
  for (const line of reportLines(report)) say(line);
};

stopWhenUnread();

/** What fetch throws when nobody answers any more. */
const isSilence = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed';

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options) await play(options);
  else say(HELP);
} catch (error) {
  // Trouble is for the person at the keyboard; anything else is a fault of ours, and its stack helps to find it.
  if (!(error instanceof Trouble || isSilence(error))) throw error;
  const sentence = isSilence(error)
    ? 'Polku has stopped: start it again with `npm start -- --fresh`.'
    : messageOf(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
