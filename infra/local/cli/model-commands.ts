import type { Command } from 'commander';
import type { Adds } from './command.ts';
import { check, importModel, publish, rollback } from './model-publish.ts';
import { diff, exportModel, list, show } from './model-versions.ts';

type Notes = { readonly author?: string; readonly hypothesis?: string; readonly review?: string };
type Publishing = Notes & { readonly dryRun: boolean };

/** What may be said about a version when it is published. */
const withNotes = (command: Command): Command =>
  command
    .option('--author <name>', 'who publishes it')
    .option('--hypothesis <sentence>', 'what the change is hoped to bring about')
    .option('--review <date>', 'when to look whether it did, for example 2027-03-01');

export const modelCommands: Adds = (program, desk) => {
  const model = program.command('model').description('the scoring model');
  model
    .command('check <file>')
    .description('name the faults of a model in a file, and what looks amiss in it')
    .action((file: string) => check(desk(), file));
  withNotes(model.command('publish <file>'))
    .description('publish a model from a YAML or JSON file')
    .option('--dry-run', 'only look whether it is valid, and what looks amiss', false)
    .action((file: string, options: Publishing) => publish(desk(), file, options));
  withNotes(model.command('rollback <version>'))
    .description('bring the model of an earlier version back, as a new version')
    .option('--dry-run', 'only show what would change', false)
    .action((version: string, options: Publishing) => rollback(desk(), version, options));
  model
    .command('diff <before> <after>')
    .description('say in words what differs between two versions or files')
    .action((before: string, after: string) => diff(desk(), before, after));
  model
    .command('show [version]')
    .description('show a version; without one, the model in force')
    .action((version = 'current') => show(desk(), version));
  model
    .command('list')
    .description('list the versions')
    .action(() => list(desk()));
  model
    .command('export <version-or-file> [file]')
    .description('write a version to a new file, to be imported elsewhere; without a version, the model in force')
    .option('--force', 'also if e-mail addresses stand in it', false)
    .action((first: string, second: string | undefined, { force }: { force: boolean }) =>
      exportModel(desk(), second === undefined ? 'current' : first, second ?? first, force),
    );
  withNotes(model.command('import <file>'))
    .description('publish a model that was exported elsewhere')
    .option('--dry-run', 'only look whether it is valid, and what looks amiss', false)
    .option('--force', 'also if e-mail addresses stand in it', false)
    .action((file: string, options: Publishing & { force: boolean }) => importModel(desk(), file, options));
};
