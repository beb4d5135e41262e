import { stringify } from 'yaml';
import { ModelList, PublishedModel } from '../../../shared/api/admin.ts';
import { localText } from '../../../shared/kernel/text.ts';
import { addressesIn } from '../../../shared/model/addresses.ts';
import type { Detail } from '../../../shared/model/diff/details.ts';
import { type Change, modelDiff } from '../../../shared/model/diff/model-diff.ts';
import type { VersionNotes } from '../../../shared/model/notes.ts';
import { Model } from '../../../shared/scoring/model.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { writeNewFile } from './document.ts';
import { readModelFile } from './model-file.ts';
import { type Paper, plain } from './paper.ts';

const ask = (desk: Desk, version: string) =>
  desk.api().ask(PublishedModel, `/v1/models/${encodeURIComponent(version)}`);

const isVersion = (name: string): boolean => name === 'current' || /^\d+$/.test(name);

/** The model of a version, or of a file. */
export const modelOf = async (desk: Desk, versionOrFile: string): Promise<Model> => {
  if (!isVersion(versionOrFile)) return readModelFile(desk, versionOrFile, 'Not valid').model;
  const read = Model.safeParse((await ask(desk, versionOrFile)).model);
  if (read.success) return read.data;
  throw new Trouble('Polku has a model that this version of the commands does not know.');
};

const noteLines = ({ author, hypothesis, review, rollbackOf, announce }: VersionNotes): readonly string[] => [
  ...(author === undefined ? [] : [`by ${author}`]),
  ...(rollbackOf === undefined ? [] : [`back to version ${rollbackOf}`]),
  ...(announce ? ['announced'] : []),
  ...(hypothesis === undefined ? [] : [`hypothesis: ${hypothesis}`]),
  ...(review === undefined ? [] : [`to be reviewed on ${review}`]),
];

export const show = async (desk: Desk, version: string): Promise<void> => {
  const { json, print, world, paper } = desk;
  const found = await ask(desk, version);
  if (json) return print(found);
  paper.line(`# Version ${found.version}, published ${paper.date(found.publishedAt)}`, 'dim');
  for (const line of noteLines(found)) paper.line(`# ${plain(line)}`, 'dim');
  world.write(stringify(found.model));
};

export const list = async ({ api, json, print, paper }: Desk): Promise<void> => {
  const { models } = await api().ask(ModelList, '/v1/models');
  if (json) return print({ models });
  if (models.length === 0) return paper.line('No model has been published yet.');
  paper.table(
    models.map(({ version, publishedAt, current, ...notes }) => [
      { text: String(version), right: true },
      paper.date(publishedAt),
      { text: current ? 'in force' : '', style: 'green' },
      ...(models.some((one) => noteLines(one).length > 0) ? [noteLines(notes).join('; ')] : []),
    ]),
  );
};

const detailLine = ({ what, before, after }: Detail, allNew: boolean): string => {
  if (before === undefined) return allNew ? `${what}: ${after}` : `${what}: ${after} (new)`;
  if (after === undefined) return `${what}: ${before} (no longer)`;
  return before === after ? `${what}: changed` : `${what}: ${before} → ${after}`;
};
const marks = { added: '+', removed: '−', changed: '~' } as const;
const styles = { added: 'green', removed: 'red', changed: 'yellow' } as const;
const headings = {
  model: 'Model',
  scores: 'Scores',
  grades: 'Grades',
  rules: 'Rules',
  capGroups: 'Groups of caps',
  journeys: 'Journeys',
  messages: 'Messages',
} as const;

const nameOf = ({ id, title }: Change): string => {
  if (id === undefined) return '';
  return title === undefined ? ` ${id}` : ` ${id}, “${plain(localText(title, 'en', 'en'))}”`;
};

const writeChange = ({ line }: Paper, change: Change): void => {
  const { kind, details } = change;
  line(`  ${marks[kind]} ${kind}${nameOf(change)}`, styles[kind]);
  for (const detail of details) line(`      ${plain(detailLine(detail, kind === 'added'))}`);
};

/** What differs, part by part; `none` is said where nothing does. */
export const showDiff = ({ json, print, paper }: Desk, changes: readonly Change[], none: string): void => {
  if (json) print({ changes });
  else if (changes.length === 0) paper.line(none);
  else
    for (const [part, list] of Map.groupBy(changes, ({ part }) => part)) {
      paper.line(headings[part], 'bold');
      for (const change of list) writeChange(paper, change);
    }
};

export const diff = async (desk: Desk, before: string, after: string): Promise<void> => {
  const [was, is] = [await modelOf(desk, before), await modelOf(desk, after)];
  showDiff(desk, modelDiff(was, is), 'The two are the same.');
};

/** Throws Trouble where a model names somebody's address. */
export const withoutAddresses = (model: unknown, what: string, force: boolean): void => {
  const found = addressesIn(model);
  if (force || found.length === 0) return;
  throw new Trouble(
    `Not ${what}: there ${found.length === 1 ? 'is an e-mail address' : 'are e-mail addresses'} at ${found.join(', ')}. Take ${found.length === 1 ? 'it' : 'them'} out or, if no person can be known by ${found.length === 1 ? 'it' : 'them'}, use --force.`,
  );
};

export const exportModel = async (desk: Desk, version: string, file: string, force: boolean): Promise<void> => {
  const { world, json, print, paper } = desk;
  const found = await ask(desk, version);
  withoutAddresses(found.model, 'exported', force);
  const text = file.endsWith('.json') ? `${JSON.stringify(found.model, undefined, 2)}\n` : stringify(found.model);
  writeNewFile(world, file, text);
  if (json) return print({ version: found.version, file });
  paper.line(`Wrote the model of version ${found.version} to ${file}.`);
};
