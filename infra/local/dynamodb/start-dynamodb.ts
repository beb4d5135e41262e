import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from '../trouble.ts';
import { answering, type DynamoDb } from './dynamodb.ts';
import { dynoxide, startDynoxide } from './dynoxide.ts';

const elsewhere = async (endpoint: string): Promise<DynamoDb> => {
  try {
    await answering(endpoint, 2);
    return { endpoint, close: async () => {} };
  } catch {
    throw new Trouble(`No DynamoDB answers at ${endpoint}: start it, or leave out --dynamodb.`);
  }
};

const builtIn = async (folder: string): Promise<DynamoDb> => {
  const program = dynoxide();
  if (program) return startDynoxide(program, folder);
  // Only where it is needed: it brings a LevelDB with it.
  const { startDynalite } = await import('./start-dynalite.ts');
  return startDynalite(folder);
};

/**
 * DynamoDB for the local cloud: dynoxide where there is a package of it for this machine, dynalite elsewhere, or
 * whatever answers at the endpoint that was asked for. Throws Trouble.
 */
export const startDynamoDb = async (data: string, endpoint?: string): Promise<DynamoDb> => {
  if (endpoint) return elsewhere(endpoint);
  const folder = join(data, 'tables');
  const isNew = !existsSync(folder);
  try {
    return await builtIn(folder);
  } catch {
    if (!isNew) throw new Trouble(`The tables in ${data} cannot be opened: begin anew with \`npm start -- --fresh\`.`);
    rmSync(folder, { recursive: true, force: true });
    throw new Trouble(
      'The built-in DynamoDB does not run on this machine: start another, and give its address with --dynamodb.',
    );
  }
};
