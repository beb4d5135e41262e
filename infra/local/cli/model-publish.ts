import * as z from 'zod';
import { Published } from '../../../shared/api/admin.ts';
import { modelDiff } from '../../../shared/model/diff/model-diff.ts';
import { Notes } from '../../../shared/model/notes.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { publishDocument, readModelFile, showFindings } from './model-file.ts';
import { modelOf, showDiff, withoutAddresses } from './model-versions.ts';

type NoteOptions = { readonly author?: string; readonly hypothesis?: string; readonly review?: string };
type PublishOptions = NoteOptions & { readonly dryRun: boolean };

const Day = z.iso.date();

/** The notes as they were typed. Throws Trouble where one cannot be kept. */
const notesFrom = ({ author, hypothesis, review }: NoteOptions): Notes => {
  if (review !== undefined && !Day.safeParse(review).success)
    throw new Trouble('The review needs a date, for example --review 2027-03-01.');
  const read = Notes.safeParse({ author, hypothesis, review });
  if (read.success) return read.data;
  const [fault] = read.error.issues;
  throw new Trouble(`The ${String(fault?.path[0] ?? 'note')} cannot be kept: ${fault?.message ?? 'it is not valid'}.`);
};

const hasAny = (notes: Notes): boolean => Object.values(notes).some((note) => note !== undefined);

const sentence = ({ version, changed }: Published, notes: Notes, holding: string): string => {
  if (changed) return `Published as version ${version}${holding}. It is in force for everybody within a minute.`;
  const same = `This model is in force already, as version ${version}.`;
  return hasAny(notes) ? `${same} A version keeps the notes that it was published with: these were not stored.` : same;
};

const tell = ({ json, print, paper }: Desk, published: Published, notes: Notes, holding = ''): void => {
  if (json) print(published);
  else paper.line(sentence(published, notes, holding));
};

export const publish = async (desk: Desk, file: string, { dryRun, ...options }: PublishOptions): Promise<void> => {
  const notes = notesFrom(options);
  const read = readModelFile(desk, file);
  if (dryRun) return showFindings(desk, file, read, '. Nothing was published.');
  const { value } = read.document;
  const body = hasAny(notes) ? { model: value, ...notes } : value;
  const published = await publishDocument(desk, file, read.document, () =>
    desk.api().ask(Published, '/v1/models', { method: 'POST', body }),
  );
  tell(desk, published, notes);
};

export const check = (desk: Desk, file: string): void => {
  const read = readModelFile(desk, file, 'Not valid');
  const count = read.findings.length;
  showFindings(
    desk,
    file,
    read,
    count === 0 ? ', and nothing in it looks amiss.' : `; ${count === 1 ? 'one thing' : `${count} things`} to look at.`,
  );
};

export const importModel = async (
  desk: Desk,
  file: string,
  options: PublishOptions & { force: boolean },
): Promise<void> => {
  const { model } = readModelFile(desk, file);
  withoutAddresses(model, 'imported', options.force);
  await publish(desk, file, options);
};

export const rollback = async (desk: Desk, version: string, { dryRun, ...options }: PublishOptions): Promise<void> => {
  const notes = notesFrom(options);
  if (!/^[1-9]\d*$/.test(version)) throw new Trouble('Say to which version, for example: model rollback 3.');
  if (dryRun) {
    const [current, earlier] = [await modelOf(desk, 'current'), await modelOf(desk, version)];
    return showDiff(desk, modelDiff(current, earlier), 'The model in force is the same. Nothing would change.');
  }
  const published = await desk.api().ask(Published, `/v1/models/${version}/rollback`, { method: 'POST', body: notes });
  tell(desk, published, notes, `, which holds what version ${version} held`);
};
