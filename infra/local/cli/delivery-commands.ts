import { DeliveryList, Resolved } from '../../../shared/api/deliveries.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';

type Delivery = DeliveryList['deliveries'][number];

/** Every mail in a state, whatever the number of pages. */
const all = async ({ api }: Desk, state: 'unknown' | 'held'): Promise<Delivery[]> => {
  const deliveries: Delivery[] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ state, limit: '100', ...(next ? { cursor: next } : {}) });
    const page: DeliveryList = await api().ask(DeliveryList, `/v1/deliveries?${query}`);
    deliveries.push(...page.deliveries);
    next = page.next;
  } while (next);
  return deliveries.toSorted((a, b) => a.at.localeCompare(b.at));
};

const whatOf = (one: Delivery, date: (iso: string) => string): string =>
  one.kind === 'mail' ? `${one.id} of ${one.member}` : `digest of ${date(one.run)} for ${one.owner}`;

/** What a held mail waits for, in words; a code that is none of these is shown as it is. */
const reasons: Readonly<Record<string, string>> = {
  'quiet-hours': 'waits for a decent hour',
  capped: 'waits until a cap lets it go',
  'just-written': 'waits a while after the last one',
  outranked: 'waits for one that goes before it',
  RateBudget: 'waits for its turn at the mail service',
};

const listHeld = async (desk: Desk): Promise<void> => {
  const { json, print, paper } = desk;
  const deliveries = await all(desk, 'held');
  if (json) return print({ deliveries });
  if (deliveries.length === 0) return paper.line('No mail waits for its time.');
  paper.table(
    deliveries.map((one) => [
      { text: whatOf(one, paper.date), style: 'bold' },
      reasons[one.why] ?? one.why,
      one.until === undefined ? '' : `until ${paper.date(one.until)}`,
    ]),
  );
  paper.line();
  paper.line('They go by themselves when that comes, if they are still true then.');
};

const listUnknown = async (desk: Desk): Promise<void> => {
  const { json, print, paper } = desk;
  const deliveries = await all(desk, 'unknown');
  if (json) return print({ deliveries });
  if (deliveries.length === 0) return paper.line('Of every mail it is known what became of it.');
  paper.table(
    deliveries.map((one) => [
      { text: one.tag, style: 'bold' },
      paper.date(one.at),
      whatOf(one, paper.date),
      { text: one.why, style: 'yellow' },
    ]),
  );
  paper.line();
  paper.line(
    'They may have left, or not, and are never sent again. What you find out: `deliveries resolve TAG --sent`',
  );
  paper.line('or `deliveries resolve TAG --not-sent`.');
};

const list = (desk: Desk, unknown: boolean, held: boolean): Promise<void> => {
  if (unknown === held) throw new Trouble('Say which: `deliveries --unknown`, or `deliveries --held`.');
  return unknown ? listUnknown(desk) : listHeld(desk);
};

const resolve = async ({ api, json, print, paper }: Desk, tag: string, sent: boolean, not: boolean): Promise<void> => {
  if (sent === not) throw new Trouble('Say which: `deliveries resolve TAG --sent`, or `--not-sent`.');
  const path = `/v1/deliveries/${encodeURIComponent(tag)}/resolve`;
  const answer = await api().ask(Resolved, path, { method: 'POST', body: { sent } });
  if (json) return print(answer);
  paper.line(sent ? 'Noted: it went out.' : 'Noted: it did not go out. It is not sent again.');
};

export const deliveryCommands: Adds = (program, desk) => {
  const deliveries = program
    .command('deliveries')
    .description('mails of which nobody knows whether they left, or that wait for their time')
    .option('--unknown', 'list those of which nobody knows', false)
    .option('--held', 'list those that wait', false)
    .action(({ unknown, held }: { unknown: boolean; held: boolean }) => list(desk(), unknown, held));
  deliveries
    .command('resolve <tag>')
    .description('say whether such a mail went out')
    .option('--sent', 'it did', false)
    .option('--not-sent', 'it did not', false)
    .action((tag: string, { sent, notSent }: { sent: boolean; notSent: boolean }) =>
      resolve(desk(), tag, sent, notSent),
    );
};
