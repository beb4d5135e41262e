import type { Adds } from './command.ts';
import { check, importModel, publish, rollback } from './model-publish.ts';
import { diff, exportModel, list, show } from './model-versions.ts';
import { addPreview } from './preview-command.ts';
import { type PublishOptions, withPublishing } from './publishing.ts';
import { addRescore } from './rescore-command.ts';

type Options = PublishOptions & { readonly dryRun: boolean };

export const modelCommands: Adds = (program, desk) => {
  const model = program.command('model').description('the scoring model');
  model
    .command('check <file>')
    .description('name the faults of a model in a file, and what looks amiss in it')
    .option('--mended <copy>', 'write a copy in which every slip that can be put right is, and check that')
    .action((file: string, { mended }: { mended?: string }) => check(desk(), file, mended));
  withPublishing(model.command('publish <file>'))
    .description('publish a model from a YAML or JSON file')
    .option('--dry-run', 'only look whether it is valid, what looks amiss, and what --announce would send', false)
    .action((file: string, options: Options) => publish(desk(), file, options));
  withPublishing(model.command('rollback <version>'))
    .description('bring the model of an earlier version back, as a new version')
    .option('--dry-run', 'only show what would change', false)
    .action((version: string, options: Options) => rollback(desk(), version, options));
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
  withPublishing(model.command('import <file>'))
    .description('publish a model that was exported elsewhere')
    .option('--dry-run', 'only look whether it is valid, and what looks amiss', false)
    .option('--force', 'also if e-mail addresses stand in it', false)
    .action((file: string, options: Options & { force: boolean }) => importModel(desk(), file, options));
  addPreview(model, desk);
  addRescore(model, desk);
};
