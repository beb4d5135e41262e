import { jsonPointer } from '../../../shared/api/problem.ts';
import { publishable } from '../../../shared/mailing/publishable.ts';
import { checkModel, type Remark } from '../../../shared/model/check.ts';
import type { Model } from '../../../shared/scoring/model.ts';
import { Trouble } from '../trouble.ts';
import { Refused } from './api.ts';
import type { Desk } from './command.ts';
import { pathOf, readDocument, type SourceDocument } from './document.ts';
import { plain } from './paper.ts';

type Fault = { readonly pointer: string; readonly message: string; readonly mend?: string };

/** What is said about a document, each with its place in the file, as programs read it. */
const placed = <Said extends { readonly path: readonly PropertyKey[] }>(
  { placeOf }: Pick<SourceDocument, 'placeOf'>,
  said: readonly Said[],
) =>
  said
    .map(({ path, ...rest }) => ({ pointer: jsonPointer(path), ...rest, ...placeOf(path) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);

/** The same for people, as editors and terminals know how to open it. */
const complain = (
  { world }: Desk,
  file: string,
  list: readonly (Fault & { line: number; column: number; level?: string })[],
) => {
  for (const { line, column, pointer, message, mend, level } of list) {
    const sort = level === undefined ? '' : `${level}: `;
    const meant = mend === undefined ? '' : `; did you mean ${mend}?`;
    world.complain(`${file}:${line}:${column}  ${pointer || '/'}  ${sort}${plain(message)}${plain(meant)}\n`);
  }
};

/** Shows faults with their place in the file. Throws Trouble. */
export const showFaults = (
  desk: Desk,
  file: string,
  document: Pick<SourceDocument, 'placeOf'>,
  faults: readonly (Omit<Fault, 'pointer'> & { readonly path: readonly PropertyKey[] })[],
  refusal = 'Not published',
): never => {
  const list = placed(document, faults);
  if (desk.json) desk.print({ valid: false, file, faults: list });
  else complain(desk, file, list);
  throw new Trouble(`${refusal}: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`} in ${file}.`);
};

/** A model that was sent with notes lies one step deeper than in its file; it has no key `model` of its own. */
const inDocument = (path: readonly PropertyKey[]) => (path[0] === 'model' ? path.slice(1) : path);

/** Sends a document; the faults that Polku finds in it are shown with their place in the file. */
export const publishDocument = async <Answer>(
  desk: Desk,
  file: string,
  document: Pick<SourceDocument, 'placeOf'>,
  send: () => Promise<Answer>,
) => {
  try {
    return await send();
  } catch (error) {
    const faults = error instanceof Refused ? error.problem.errors : undefined;
    if (!faults) throw error;
    return showFaults(
      desk,
      file,
      document,
      faults.map(({ pointer, message }) => ({ path: inDocument(pathOf(pointer)), message })),
    );
  }
};

type ModelFile = {
  readonly document: Omit<SourceDocument, 'edited'>;
  readonly model: Model;
  /** What looks amiss in it. */
  readonly findings: readonly Remark[];
};

/** A model from a file. Throws Trouble where it has faults, after showing them. */
export const readModelFile = (desk: Desk, file: string, refusal?: string): ModelFile => {
  const document = readDocument(desk.world, file);
  const read = publishable(document.value);
  const remarks = checkModel(document.value);
  if ('faults' in read) {
    return showFaults(
      desk,
      file,
      document,
      remarks.map(({ level, ...fault }) => fault),
      refusal,
    );
  }
  return { document, model: read.model, findings: remarks };
};

/** What looks amiss in a valid model; `then` is said after it, `more` goes to a program. */
export const showFindings = (
  desk: Desk,
  file: string,
  { document, findings }: ModelFile,
  then: string,
  more: object = {},
): void => {
  const list = placed(document, findings);
  if (desk.json) desk.print({ valid: true, file, findings: list, ...more });
  else {
    complain(desk, file, list);
    desk.paper.line(`${file} is valid${then}`);
  }
};
