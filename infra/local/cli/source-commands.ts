import { NewSecret, SourceList } from '../../../shared/api/admin.ts';
import { Trouble } from '../trouble.ts';
import type { Adds, Desk } from './command.ts';

const showSecret = ({ json, print, paper, reach }: Desk, made: NewSecret): void => {
  if (json) {
    print(made);
    return;
  }
  paper.line(`Source ${made.id} signs with this secret. Keep it now: it is not shown again.`);
  paper.line();
  paper.line(`  ${made.secret}`, 'bold');
  paper.line();
  if (made.othersEndAt) paper.line(`The secrets before it count until ${paper.date(made.othersEndAt)}.`);
  paper.line(`Send to ${reach().api}/v1/webhooks/${made.id}, signed by Standard Webhooks.`);
};

const add = async (desk: Desk, id: string): Promise<void> =>
  showSecret(desk, await desk.api().ask(NewSecret, '/v1/sources', { method: 'POST', body: { id } }));

const rotate = async (desk: Desk, id: string, overlap: string): Promise<void> => {
  const overlapHours = Number(overlap);
  if (!(overlapHours >= 0)) throw new Trouble('--overlap-hours takes a number of hours, 0 or more.');
  const path = `/v1/sources/${encodeURIComponent(id)}/secrets`;
  showSecret(desk, await desk.api().ask(NewSecret, path, { method: 'POST', body: { overlapHours } }));
};

const list = async ({ api, json, print, paper }: Desk): Promise<void> => {
  const { sources } = await api().ask(SourceList, '/v1/sources');
  if (json) return print({ sources });
  if (sources.length === 0) return paper.line('There is no source yet: `npm run polku -- source add crm`.');
  paper.table(
    sources.map(({ id, createdAt, secrets }) => {
      const ending = secrets.flatMap(({ expiresAt }) => expiresAt ?? []);
      return [
        { text: id, style: 'bold' },
        `since ${paper.date(createdAt)}`,
        secrets.length === 1 ? '1 secret' : `${secrets.length} secrets`,
        ending.length === 0 ? '' : `the older end by ${paper.date(ending.toSorted().at(-1) ?? '')}`,
      ];
    }),
  );
};

export const sourceCommands: Adds = (program, desk) => {
  const source = program.command('source').description('the systems that send events');
  source
    .command('add <id>')
    .description('add a source; prints its secret, once')
    .action((id: string) => add(desk(), id));
  source
    .command('rotate <id>')
    .description('give a source a new secret; prints it, once')
    .option('--overlap-hours <hours>', 'how long the secrets before it still count', '24')
    .action((id: string, { overlapHours }: { overlapHours: string }) => rotate(desk(), id, overlapHours));
  source
    .command('list')
    .description('list the sources')
    .action(() => list(desk()));
};
