import { NewLinkKey } from '../../../shared/api/admin.ts';
import type { Adds, Desk } from './command.ts';

const rotate = async ({ api, json, print, paper }: Desk): Promise<void> => {
  const key = await api().ask(NewLinkKey, '/v1/link-keys', { method: 'POST' });
  if (json) return print(key);
  paper.line(`Links in mails are sealed with the key ${key.id} from now on. Those that are out there go on working.`);
};

export const linkCommands: Adds = (program, desk) => {
  const link = program.command('link').description('the links in mails, to unsubscribe and to preferences');
  link
    .command('rotate')
    .description('seal them with a new key')
    .action(() => rotate(desk()));
};
