import { join } from 'node:path';
import * as z from 'zod';
import { Source } from '../connection.ts';
import { readJsonFile } from '../private-file.ts';
import { Trouble } from '../trouble.ts';

const Connection = z.object({
  api: z.string(),
  token: z.string(),
  mailbox: z.string(),
  control: z.string(),
  source: Source,
});
export type Connection = z.infer<typeof Connection>;

/** Where the Polku that runs with this data folder can be reached. Throws Trouble when none runs. */
export const readConnection = async (data: string): Promise<Connection> => {
  const connection = readJsonFile(join(data, 'connection.json'), Connection);
  const answers =
    connection &&
    (await fetch(connection.control).then(
      ({ ok }) => ok,
      () => false,
    ));
  if (!connection || !answers) {
    throw new Trouble('Polku is not running: start it in another terminal with `npm start`, then run the demo again.');
  }
  return connection;
};
