import { QuarantineList, Replayed } from '../../../shared/api/admin.ts';
import { Trouble } from '../trouble.ts';
import { Refused } from './api.ts';
import type { Adds, Desk } from './command.ts';

type Item = QuarantineList['items'][number];

/** Every input in quarantine, whatever the number of pages. */
const all = async ({ api }: Desk): Promise<Item[]> => {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '100', ...(next ? { cursor: next } : {}) });
    const page: QuarantineList = await api().ask(QuarantineList, `/v1/quarantine?${query}`);
    items.push(...page.items);
    next = page.next;
  } while (next);
  return items;
};

const list = async (desk: Desk, bodies: boolean): Promise<void> => {
  const items = await all(desk);
  if (desk.json) return desk.print({ items });
  if (items.length === 0) return desk.paper.line('Quarantine is empty.');
  for (const { id, at, reason, body } of items) {
    desk.paper.table([[{ text: id, style: 'bold' }, desk.paper.date(at), { text: reason, style: 'yellow' }]]);
    if (bodies) desk.paper.table([[body]], '  ');
  }
};

const replayOne = async ({ api }: Desk, id: string): Promise<void> => {
  await api().ask(Replayed, `/v1/quarantine/${encodeURIComponent(id)}/replay`, { method: 'POST' });
};

const replay = async (desk: Desk, id: string | undefined, every: boolean): Promise<void> => {
  const { json, print, paper, world } = desk;
  if ((id === undefined) !== every)
    throw new Trouble('Say which: `quarantine replay ID`, or `quarantine replay --all`.');
  if (id !== undefined) {
    await replayOne(desk, id);
    return json ? print({ replayed: [id], kept: [] }) : paper.line('It is back in the queue.');
  }
  const replayed: string[] = [];
  const kept: string[] = [];
  for (const item of await all(desk)) {
    try {
      await replayOne(desk, item.id);
      replayed.push(item.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      kept.push(item.id);
      if (!json) world.complain(`${item.id}  ${error.message}\n`);
    }
  }
  if (json) print({ replayed, kept });
  else paper.line(`${replayed.length} back in the queue, ${kept.length} kept.`);
  if (kept.length > 0) throw new Trouble('Some of the inputs still cannot be processed.');
};

export const quarantineCommands: Adds = (program, desk) => {
  const quarantine = program.command('quarantine').description('input that could not be processed');
  quarantine
    .command('list')
    .description('list what is there, and why')
    .option('--bodies', 'show the inputs as they came', false)
    .action(({ bodies }: { bodies: boolean }) => list(desk(), bodies));
  quarantine
    .command('replay [id]')
    .description('give an input back to the queue')
    .option('--all', 'all of them', false)
    .action((id: string | undefined, { all }: { all: boolean }) => replay(desk(), id, all));
};
