import { Staff } from '../../../shared/scoring/staff.ts';
import type { Adds, Desk } from './command.ts';
import { readDocument } from './document.ts';
import { publishDocument } from './model-file.ts';

const publish = async (desk: Desk, file: string): Promise<void> => {
  const document = readDocument(desk.world, file);
  const staff = await publishDocument(desk, file, document, () =>
    desk.api().ask(Staff, '/v1/staff', { method: 'PUT', body: document.value }),
  );
  if (desk.json) return desk.print(staff);
  desk.paper.line(`Set: ${staff.owners.length} owners; "${staff.fallback}" looks after everybody else.`);
};

const show = async ({ api, json, print, paper }: Desk): Promise<void> => {
  const staff = await api().ask(Staff, '/v1/staff');
  if (json) return print(staff);
  paper.table(
    staff.owners.map(({ id, name, email, language }) => [
      { text: id, style: 'bold' },
      name,
      email,
      language,
      id === staff.fallback ? 'and everybody else' : '',
    ]),
  );
};

export const staffCommands: Adds = (program, desk) => {
  const staff = program.command('staff').description('who looks after whom');
  staff
    .command('publish <file>')
    .description('set the staff, as a whole, from a YAML or JSON file')
    .action((file: string) => publish(desk(), file));
  staff
    .command('show')
    .description('show the staff')
    .action(() => show(desk()));
};
