import { join, resolve } from 'node:path';
import * as z from 'zod';
import { Source } from '../connection.ts';
import { readJsonFile } from '../private-file.ts';
import { Trouble } from '../trouble.ts';
import type { World } from './world.ts';

/** Where Polku is. `control`, `mailbox` and `source` are there for one on this machine only. */
export type Reach = {
  readonly api: string;
  readonly token: string;
  readonly control?: string;
  readonly mailbox?: string | undefined;
  readonly source?: Source;
};

const Connection = z.object({
  api: z.url(),
  token: z.string(),
  control: z.url(),
  mailbox: z.url().optional(),
  source: Source,
});

export const NOT_RUNNING = 'Polku is not running: start it in another terminal with `npm start`, then try again.';

/** The Polku that POLKU_API and POLKU_TOKEN name, else the one that runs with the data folder. Throws Trouble. */
export const reach = ({ env }: Pick<World, 'env'>, data: string): Reach => {
  const { POLKU_API: api, POLKU_TOKEN: token } = env;
  if (api) {
    if (!URL.canParse(api)) throw new Trouble('POLKU_API is no address: write for example https://polku.example.org.');
    if (!token) throw new Trouble('POLKU_API is set but POLKU_TOKEN is not: set it to a token of your organisation.');
    return { api: api.replace(/\/+$/, ''), token };
  }
  const connection = readJsonFile(join(resolve(data), 'connection.json'), Connection);
  if (!connection) throw new Trouble(NOT_RUNNING);
  return connection;
};
