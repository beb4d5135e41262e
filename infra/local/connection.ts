import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { readJsonFile, writePrivately } from './private-file.ts';

export const Source = z.object({ id: z.string(), secret: z.string() });
export type Source = z.infer<typeof Source>;

/** What the commands need to know to reach a running Polku. */
export type Connection = {
  readonly api: string;
  readonly token: string;
  readonly mailbox: string;
  readonly control: string;
  readonly data: string;
  readonly source: Source;
};

const fileIn = (data: string): string => join(data, 'connection.json');

export const writeConnection = (connection: Connection): void =>
  writePrivately(fileIn(connection.data), JSON.stringify(connection, null, 2));

export const removeConnection = (data: string): void => rmSync(fileIn(data), { force: true });

/** The key that local tokens are signed with: made once for a data folder. */
export const localKey = (data: string): string => {
  const file = join(data, 'key');
  const kept = readJsonFile(file, z.string().min(32));
  if (kept) return kept;
  const key = randomBytes(32).toString('hex');
  writePrivately(file, JSON.stringify(key));
  return key;
};
