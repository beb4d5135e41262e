import { Published } from '../../../shared/api/admin.ts';
import { checkModel } from '../../../shared/model/check.ts';
import { modelDiff } from '../../../shared/model/diff/model-diff.ts';
import type { Publishing } from '../../../shared/model/notes.ts';
import { Trouble } from '../trouble.ts';
import type { Desk } from './command.ts';
import { documentIn, readFileText, writeNewFile } from './document.ts';
import { publishDocument, readModelFile, showFindings } from './model-file.ts';
import { modelOf, showDiff, withoutAddresses } from './model-versions.ts';
import { confirmed, foretold, type PublishOptions, publishingFrom } from './publishing.ts';

type Options = PublishOptions & { readonly dryRun: boolean };

const hasAny = (said: Publishing): boolean => Object.values(said).some((one) => one !== undefined);
const hasNotes = ({ author, hypothesis, review }: Publishing): boolean => hasAny({ author, hypothesis, review });

const sentence = ({ version, changed }: Published, said: Publishing, holding: string): string => {
  if (changed) {
    const following =
      said.rescore === false
        ? ' Silent members follow when something happens.'
        : ' Silent members follow: `model rescore status` shows how many.';
    return `Published as version ${version}${holding}. It is in force for everybody within a minute.${following}`;
  }
  const same = `This model is in force already, as version ${version}.`;
  const none = said.announce ? `${same} There is nothing to announce.` : same;
  return hasNotes(said) ? `${none} A version keeps the notes that it was published with: these were not stored.` : none;
};

const tell = ({ json, print, paper }: Desk, published: Published, said: Publishing, holding = ''): void => {
  if (json) print(published);
  else paper.line(sentence(published, said, holding));
};

export const publish = async (desk: Desk, file: string, { dryRun, ...options }: Options): Promise<void> => {
  const said = publishingFrom(options);
  const read = readModelFile(desk, file);
  const { value } = read.document;
  if (dryRun) {
    const { gist, announcement } = options.announce ? await foretold(desk, value) : {};
    const reach = gist === undefined ? '' : ` ${gist}`;
    return showFindings(desk, file, read, `. Nothing was published.${reach}`, announcement && { announcement });
  }
  await confirmed(desk, options, async () => value);
  const body = hasAny(said) ? { model: value, ...said } : value;
  const published = await publishDocument(desk, file, read.document, () =>
    desk.api().ask(Published, '/v1/models', { method: 'POST', body }),
  );
  tell(desk, published, said);
};

/** Puts right what can be, again and again: parts that name each other are only looked at once each is whole. */
const mendedText = (original: string, file: string): { readonly text: string; readonly count: number } => {
  let text = original;
  let words = 0;
  for (;;) {
    const document = documentIn(text, file);
    const edits = checkModel(document.value).flatMap(({ path, edit }) => (edit ? [{ path, ...edit }] : []));
    const { text: next, count } = document.edited(edits);
    if (count === 0 || next === text) return { text, count: words };
    text = next;
    words += count;
  }
};

/** Writes a copy in which every slip that can be put right is. Throws Trouble where there is none, or the file is there. */
const writeMended = (desk: Desk, file: string, copy: string): void => {
  const { text, count } = mendedText(readFileText(desk.world, file), file);
  if (count === 0)
    throw new Trouble(`Nothing was written: there is nothing in ${file} that can be put right by itself.`);
  writeNewFile(desk.world, copy, text);
  desk.world.complain(`${copy}: ${file} with ${count === 1 ? 'one word' : `${count} words`} put right.\n`);
};

/** @param mended where to write a copy in which slips are put right; then that is checked */
export const check = (desk: Desk, original: string, mended?: string): void => {
  if (mended !== undefined) writeMended(desk, original, mended);
  const file = mended ?? original;
  const read = readModelFile(desk, file, 'Not valid');
  const count = read.findings.length;
  showFindings(
    desk,
    file,
    read,
    count === 0 ? ', and nothing in it looks amiss.' : `; ${count === 1 ? 'one thing' : `${count} things`} to look at.`,
  );
};

export const importModel = async (desk: Desk, file: string, options: Options & { force: boolean }): Promise<void> => {
  const { model } = readModelFile(desk, file);
  withoutAddresses(model, 'imported', options.force);
  await publish(desk, file, options);
};

export const rollback = async (desk: Desk, version: string, { dryRun, ...options }: Options): Promise<void> => {
  const said = publishingFrom(options);
  if (!/^[1-9]\d*$/.test(version)) throw new Trouble('Say to which version, for example: model rollback 3.');
  if (dryRun) {
    const [current, earlier] = [await modelOf(desk, 'current'), await modelOf(desk, version)];
    if (options.announce && !desk.json) await foretold(desk, earlier);
    return showDiff(desk, modelDiff(current, earlier), 'The model in force is the same. Nothing would change.');
  }
  await confirmed(desk, options, () => modelOf(desk, version));
  const published = await desk.api().ask(Published, `/v1/models/${version}/rollback`, { method: 'POST', body: said });
  tell(desk, published, said, `, which holds what version ${version} held`);
};
