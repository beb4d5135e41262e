import type { Adds } from './command.ts';
import { lintMessages } from './message-lint.ts';

export const messageCommands: Adds = (program, desk) => {
  const message = program.command('message').description('the letters to members, and the mails to owners');
  message
    .command('lint [file]')
    .description('say what looks amiss in the letters of a model in a file; without one, of the model in force')
    .action((file?: string) => lintMessages(desk(), file));
};
