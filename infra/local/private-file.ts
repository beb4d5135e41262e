import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { codeOf, Trouble } from './trouble.ts';

/** Writes the whole file or nothing of it, readable by its owner only. */
export const writePrivately = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** What a JSON file holds, checked; undefined where there is none. Throws Trouble where it is damaged. */
export const readJsonFile = <S extends z.ZodType>(file: string, schema: S): z.infer<S> | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Trouble(
      `The file ${basename(file)} in the data folder is damaged: begin anew with \`npm start -- --fresh\`.`,
    );
  }
};
