import { compileLetters } from '../../../shared/mailing/letters/compile-letters.ts';
import { oversized } from '../../../shared/mailing/letters/oversized.ts';
import { checkModel, type Remark } from '../../../shared/model/check.ts';
import type { Model } from '../../../shared/scoring/model.ts';
import type { Desk } from './command.ts';
import { readModelFile, showFindings } from './model-file.ts';
import { modelOf } from './model-versions.ts';

const isOfLetters = ({ path: [place] }: Remark): boolean => place === 'messages' || place === 'letterhead';

const tooLong = async (model: Model): Promise<readonly Remark[]> =>
  oversized(
    await compileLetters(model),
    model.messages.map(({ id }) => id),
  ).map(({ path, bytes }) => ({
    path: path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    level: 'warning',
    message: `is ${Math.ceil(bytes / 1000)} KB long: some mail programs cut off what is over 100 KB, and the way out with it`,
    lint: 'size',
  }));

/** Says what looks amiss in the letters of a file; without one, in those in force. Faults of the file come first. */
export const lintMessages = async (desk: Desk, file: string | undefined): Promise<void> => {
  const said = (count: number) =>
    count === 0
      ? ', and nothing in its letters looks amiss.'
      : `; ${count === 1 ? 'one thing' : `${count} things`} to look at.`;
  if (file !== undefined) {
    const read = readModelFile(desk, file, 'Not valid');
    const findings = [...read.findings.filter(isOfLetters), ...(await tooLong(read.model))];
    return showFindings(desk, file, { ...read, findings }, said(findings.length));
  }
  const model = await modelOf(desk, 'current');
  const findings = [...checkModel(model).filter(isOfLetters), ...(await tooLong(model))];
  const document = { value: model, placeOf: () => ({ line: 1, column: 1 }) };
  showFindings(desk, 'the model in force', { document, model, findings }, said(findings.length));
};
