import type { Adds } from './command.ts';
import { lintMessages } from './message-lint.ts';
import { type PreviewOptions, previewMessage } from './message-preview.ts';
import { type ReportOptions, reportMessage } from './message-report.ts';

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
    .command('report [id]')
    .description('say whether a message helps: what became of those who got it, beside those who were held out')
    .option('--everything', 'about everything that the model holds some members out of', false)
    .option('--lang <code>', 'the language of the verdict: nb, sv, fi or en')
    .option('--fresh', 'reckon anew, even if the same was asked within the last hour', false)
    .option('--cancel', 'cancel it, and forget what it has found', false)
    .action((id: string | undefined, options: ReportOptions) => reportMessage(desk(), id, options));
  message
    .command('lint [file]')
    .description('say what looks amiss in the letters of a model in a file; without one, of the model in force')
    .action((file?: string) => lintMessages(desk(), file));
};
