import type { Adds } from './command.ts';
import { lintMessages } from './message-lint.ts';
import { type PreviewOptions, previewMessage } from './message-preview.ts';

export const messageCommands: Adds = (program, desk) => {
  const message = program.command('message').description('the letters to members, and the mails to owners');
  message
    .command('preview <id>')
    .description('show a letter as a member would get it; nothing is sent')
    .requiredOption('--member <id>', 'for whom it is filled in')
    .option('--lang <code>', 'in another language than theirs, for example fi')
    .option('--html <file>', 'write it to a file, to be opened in a browser')
    .action((id: string, options: PreviewOptions) => previewMessage(desk(), id, options));
  message
    .command('lint [file]')
    .description('say what looks amiss in the letters of a model in a file; without one, of the model in force')
    .action((file?: string) => lintMessages(desk(), file));
};
