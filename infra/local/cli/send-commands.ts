import { Accepted, type ItemResult, MAX_BODY_BYTES, MAX_ITEMS, Mixed } from '../../../shared/api/webhooks.ts';
import { signed } from '../../../shared/webhooks/standard-webhooks.ts';
import { signedCurl } from '../sample-curl.ts';
import { Trouble } from '../trouble.ts';
import { asking, problemIn, Refused } from './api.ts';
import type { Adds, Desk } from './command.ts';
import { readFileText } from './document.ts';

type As = { readonly source?: string; readonly secret?: string };

/** Who sends: as named, else the source that the local Polku made for its sample. Throws Trouble. */
const sender = ({ reach, world }: Desk, { source, secret }: As): { id: string; secret: string } => {
  const own = reach().source;
  const id = source ?? own?.id;
  const key =
    secret ?? world.env.POLKU_SECRET ?? (source === undefined || source === own?.id ? own?.secret : undefined);
  if (id === undefined) throw new Trouble('Say which source sends: --source crm.');
  if (key === undefined) throw new Trouble(`Say the secret of ${id}: --secret whsec_…, or POLKU_SECRET.`);
  return { id, secret: key };
};

const eventsIn = (text: string, file: string): unknown[] => {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch {
    throw new Trouble(`${file} is not JSON: it holds one event, or a list of events.`);
  }
};

/** Parts that the front door takes at once, each with the index of its first event. */
const parts = (events: readonly unknown[]): { from: number; texts: string[] }[] => {
  const all: { from: number; texts: string[]; bytes: number }[] = [];
  for (const [index, event] of events.entries()) {
    const text = JSON.stringify(event);
    const bytes = Buffer.byteLength(text) + 1;
    const last = all.at(-1);
    if (last && last.texts.length < MAX_ITEMS && last.bytes + bytes < MAX_BODY_BYTES) {
      last.texts.push(text);
      last.bytes += bytes;
    } else all.push({ from: index, texts: [text], bytes: bytes + 1 });
  }
  return all;
};

const outcome = (status: number, text: string): { accepted: number; results: ItemResult[] } => {
  if (status === 202) return { accepted: Accepted.parse(JSON.parse(text)).accepted, results: [] };
  if (status === 207) return Mixed.parse(JSON.parse(text));
  const problem = problemIn(status, text);
  const results = Mixed.shape.results.safeParse(problem.results);
  if (!results.success) throw new Refused(problem);
  return { accepted: 0, results: results.data };
};

const send = async (desk: Desk, file: string, as: As): Promise<void> => {
  const { world, json, print, paper } = desk;
  const { id, secret } = sender(desk, as);
  const { api, control } = desk.reach();
  const events = eventsIn(readFileText(world, file), file);
  const refused: ItemResult[] = [];
  let accepted = 0;
  for (const { from, texts } of parts(events)) {
    const body = Buffer.from(`[${texts.join(',')}]`);
    const timestamp = Math.floor((await desk.now()) / 1000);
    const headers = signed({ id: `msg_${timestamp}_${from}`, timestamp, body }, secret);
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    const answer = await asking(world, control !== undefined, `${api}/v1/webhooks/${encodeURIComponent(id)}`, request);
    const { results, ...part } = outcome(answer.status, await answer.text());
    accepted += part.accepted;
    refused.push(
      ...results.filter(({ status }) => status === 'refused').map((one) => ({ ...one, index: one.index + from })),
    );
  }
  if (json) print({ accepted, refused });
  else {
    for (const { index, id, problem } of refused) {
      const faults = problem?.errors?.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
      world.complain(
        `event ${index}${id === undefined ? '' : ` (${id})`}: ${faults ?? problem?.detail ?? problem?.title}\n`,
      );
    }
    paper.line(accepted === 1 ? '1 event accepted.' : `${accepted} events accepted.`);
  }
  if (refused.length > 0)
    throw new Trouble(refused.length === 1 ? '1 event was refused.' : `${refused.length} events were refused.`);
};

const curl = async (desk: Desk, as: As): Promise<void> => {
  const source = sender(desk, as);
  const command = signedCurl(desk.reach().api, source, await desk.now());
  if (desk.json) desk.print({ command });
  else desk.paper.line(command);
};

export const sendCommands: Adds = (program, desk) => {
  program
    .command('send <file>')
    .description('sign and send a JSON file of events')
    .option('--source <id>', 'who sends')
    .option('--secret <secret>', 'the secret of the source; or POLKU_SECRET')
    .action((file: string, as: As) => send(desk(), file, as));
  program
    .command('curl')
    .description('print a signed request to paste; valid for five minutes')
    .option('--source <id>', 'who sends')
    .option('--secret <secret>', 'the secret of the source; or POLKU_SECRET')
    .action((as: As) => curl(desk(), as));
};
