import { DeliveryList, Resolved } from '../../../shared/api/deliveries.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';

type Delivery = DeliveryList['deliveries'][number];

/** Every mail in doubt, whatever the number of pages. */
const all = async ({ api }: Desk): Promise<Delivery[]> => {
  const deliveries: Delivery[] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ state: 'unknown', limit: '100', ...(next ? { cursor: next } : {}) });
    const page: DeliveryList = await api().ask(DeliveryList, `/v1/deliveries?${query}`);
    deliveries.push(...page.deliveries);
    next = page.next;
  } while (next);
  return deliveries.toSorted((a, b) => a.at.localeCompare(b.at));
};

const whatOf = (one: Delivery, date: (iso: string) => string): string =>
  one.kind === 'mail' ? `${one.id} of ${one.member}` : `digest of ${date(one.run)} for ${one.owner}`;

const list = async (desk: Desk, unknown: boolean): Promise<void> => {
  const { json, print, paper } = desk;
  if (!unknown) throw new Trouble('Say `deliveries --unknown`: only mails of which nobody knows are listed.');
  const deliveries = await all(desk);
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
    .description('mails of which nobody knows whether they left')
    .option('--unknown', 'list them', false)
    .action(({ unknown }: { unknown: boolean }) => list(desk(), unknown));
  deliveries
    .command('resolve <tag>')
    .description('say whether such a mail went out')
    .option('--sent', 'it did', false)
    .option('--not-sent', 'it did not', false)
    .action((tag: string, { sent, notSent }: { sent: boolean; notSent: boolean }) =>
      resolve(desk(), tag, sent, notSent),
    );
};
