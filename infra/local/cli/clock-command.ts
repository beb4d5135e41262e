import * as z from 'zod';
import { Trouble } from '../trouble.ts';
import { asking } from './api.ts';
import type { Adds, Desk } from './command.ts';

const Line = z.union([z.object({ now: z.iso.datetime(), target: z.iso.datetime() }), z.object({ error: z.string() })]);
type Stop = { readonly now: string; readonly target: string };

const HOW = 'write for example `clock +30d`, `clock +12h` or `clock 2026-12-24`';

/** What the words mean: a span, or an instant; a date alone is its first moment here. Throws Trouble. */
export const wishOf = (words: readonly string[]): { by: string } | { to: string } => {
  const text = words.filter((word) => word !== 'to').join(' ');
  const span = /^\+?\s*(\d{1,5})\s*(m|h|d|w|minutes?|hours?|days?|weeks?)$/.exec(text);
  if (span) return { by: `${span[1]}${span[2]?.[0]}` };
  const local = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text;
  const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(local) ? Date.parse(local) : Number.NaN;
  if (Number.isNaN(instant)) throw new Trouble(`"${text}" is no time: ${HOW}.`);
  return { to: new Date(instant).toISOString() };
};

/** The lines of a body, as they come. */
async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}

const controlOf = ({ reach }: Desk): string => {
  const { control } = reach();
  if (control === undefined) throw new Trouble('Only the clock of a Polku on this machine can be moved.');
  return control;
};

const move = async (desk: Desk, words: readonly string[]): Promise<void> => {
  const { world, json, print, paper } = desk;
  const began = await desk.now();
  const answer = await asking(world, true, `${controlOf(desk)}/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wishOf(words)),
  });
  if (!answer.ok || !answer.body)
    throw new Trouble(`The clock only goes forward: it is ${paper.date(new Date(began).toISOString())} in Polku.`);
  let last: Stop | undefined;
  for await (const line of linesOf(answer.body)) {
    const stop = Line.parse(JSON.parse(line));
    if ('error' in stop) throw new Trouble(`The clock stopped on the way: ${stop.error}`);
    last = stop;
    if (!json && world.watched) {
      const share = (Date.parse(stop.now) - began) / (Date.parse(stop.target) - began);
      world.write(`\r\u001b[K${String(Math.round(share * 100)).padStart(3)} %  ${paper.date(stop.now)}`);
    }
  }
  if (!last || last.now !== last.target) throw new Trouble('The clock stopped on the way: Polku has ended.');
  if (json) print({ now: last.now });
  else paper.line(`${world.watched ? '\r\u001b[K' : ''}It is ${paper.date(last.now)} in Polku.`);
};

const show = async (desk: Desk): Promise<void> => {
  controlOf(desk);
  const now = new Date(await desk.now()).toISOString();
  if (desk.json) desk.print({ now });
  else desk.paper.line(`It is ${desk.paper.date(now)} in Polku.`);
};

export const clockCommand: Adds = (program, desk) => {
  program
    .command('clock [when...]')
    .description('show the clock of the Polku on this machine, or move it forward: +30d, 2026-12-24')
    .action((when: string[]) => (when.length === 0 ? show(desk()) : move(desk(), when)));
};
