import { stringify } from 'yaml';
import { ModelList, Published, PublishedModel } from '../../../shared/api/admin.ts';
import { jsonPointer } from '../../../shared/api/problem.ts';
import { publishable } from '../../../shared/mailing/publishable.ts';
import { Trouble } from '../trouble.ts';
import { Refused } from './api.ts';
import type { Adds, Desk } from './command.ts';
import { pathOf, readDocument, type SourceDocument } from './document.ts';

type Fault = { readonly pointer: string; readonly message: string };

/** Each fault with its place in the file, as editors and terminals know how to open it. */
const showFaults = (
  { json, print, world }: Desk,
  file: string,
  { placeOf }: SourceDocument,
  faults: readonly Fault[],
): never => {
  const placed = faults.map((fault) => ({ ...fault, ...placeOf(pathOf(fault.pointer)) }));
  if (json) print({ valid: false, file, faults: placed });
  else
    for (const { line, column, pointer, message } of placed)
      world.complain(`${file}:${line}:${column}  ${pointer || '/'}  ${message}\n`);
  throw new Trouble(`Not published: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`} in ${file}.`);
};

/** Publishes a document; the faults that Polku finds in it are shown with their place in the file. */
export const publishDocument = async <Answer>(
  desk: Desk,
  file: string,
  document: SourceDocument,
  send: () => Promise<Answer>,
) => {
  try {
    return await send();
  } catch (error) {
    const faults = error instanceof Refused ? error.problem.errors : undefined;
    if (faults) return showFaults(desk, file, document, faults);
    throw error;
  }
};

const publish = async (desk: Desk, file: string, dryRun: boolean): Promise<void> => {
  const { json, print, paper, world } = desk;
  const document = readDocument(world, file);
  const read = publishable(document.value);
  if ('faults' in read) {
    return showFaults(
      desk,
      file,
      document,
      read.faults.map(({ path, message }) => ({ pointer: jsonPointer(path), message })),
    );
  }
  if (dryRun) return json ? print({ valid: true, file }) : paper.line(`${file} is valid. Nothing was published.`);
  const published = await publishDocument(desk, file, document, () =>
    desk.api().ask(Published, '/v1/models', { method: 'POST', body: document.value }),
  );
  if (json) return print(published);
  const { version, changed } = published;
  paper.line(
    changed
      ? `Published as version ${version}. It is in force for everybody within a minute.`
      : `This model is in force already, as version ${version}.`,
  );
};

const show = async ({ api, json, print, world, paper }: Desk, version: string): Promise<void> => {
  const found = await api().ask(PublishedModel, `/v1/models/${encodeURIComponent(version)}`);
  if (json) return print(found);
  paper.line(`# Version ${found.version}, published ${paper.date(found.publishedAt)}`, 'dim');
  world.write(stringify(found.model));
};

const list = async ({ api, json, print, paper }: Desk): Promise<void> => {
  const { models } = await api().ask(ModelList, '/v1/models');
  if (json) return print({ models });
  if (models.length === 0) return paper.line('No model has been published yet.');
  paper.table(
    models.map(({ version, publishedAt, current }) => [
      { text: String(version), right: true },
      paper.date(publishedAt),
      { text: current ? 'in force' : '', style: 'green' },
    ]),
  );
};

export const modelCommands: Adds = (program, desk) => {
  const model = program.command('model').description('the scoring model');
  model
    .command('publish <file>')
    .description('publish a model from a YAML or JSON file')
    .option('--dry-run', 'only look whether it is valid', false)
    .action((file: string, { dryRun }: { dryRun: boolean }) => publish(desk(), file, dryRun));
  model
    .command('show [version]')
    .description('show a version; without one, the model in force')
    .action((version = 'current') => show(desk(), version));
  model
    .command('list')
    .description('list the versions')
    .action(() => list(desk()));
};
