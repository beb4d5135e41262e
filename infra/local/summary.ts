import { relative } from 'node:path';
import { styleText } from 'node:util';
import type { LocalCloud } from './cloud.ts';
import { nextLetter } from './next-letter.ts';
import { signedCurl } from './sample-curl.ts';

const DAY = 86_400_000;

/** How far the clock is ahead of the machine's, both epoch ms; nothing where it is not. */
const aheadOf = (now: number, machine: number): string[] => {
  const days = Math.round((now - machine) / DAY);
  if (now - machine < 1000) return [];
  return [
    '',
    `The clock here is ${days > 0 ? `${days} days` : 'less than a day'} ahead: it is ${new Date(now).toISOString().slice(0, 16)}Z.`,
  ];
};

const shortest = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
};

/** What to do next, in a few lines. `took` in ms, `machine` the machine's clock, epoch ms. */
export const summary = (
  { connection, now, sampleLoaded, model, zone }: LocalCloud,
  took: number,
  machine: number,
): string => {
  const { api, mailbox, data, source } = connection;
  const strong = (text: string) => styleText('bold', text);
  return [
    `${strong('Polku is running')} (ready in ${(took / 1000).toFixed(1)} s). Stop it with Ctrl-C; the next \`npm start\` finds everything again.`,
    ...(sampleLoaded
      ? ['The sample organisation is in: a trade union, with its model, its staff and one source, "crm".']
      : []),
    ...aheadOf(now(), machine),
    '',
    `  Front door  ${strong(api)}`,
    `  Mailbox     ${strong(mailbox)}   every mail that was sent, to read in a browser`,
    `  Data        ${shortest(data)}`,
    `  Token       for what staff may ask: in ${shortest(data)}/connection.json; \`npm run polku\` uses it`,
    '',
    'Paste this into another terminal, and find the welcome in the mailbox a second later, if it is an hour for letters.',
    'It is valid for five minutes; `npm run polku -- curl` prints a fresh one.',
    ...nextLetter(model, zone, now()),
    '',
    signedCurl(api, source, now()),
    '',
    'Then: `npm run polku -- member show kim-sample`, `npm run polku -- clock +100d`, `npm run demo`.',
    '',
  ].join('\n');
};
