import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import { answering, type DynamoDb } from './dynamodb.ts';

const isPort = (address: string | AddressInfo | null): address is AddressInfo =>
  address !== null && typeof address !== 'string';

/** For machines that dynoxide has no package for: in this process, on a free port of loopback. */
export const startDynalite = async (folder: string): Promise<DynamoDb> => {
  mkdirSync(folder, { recursive: true });
  const server = dynalite({ path: `${folder}/dynalite`, createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!isPort(address)) throw new Error('dynalite listens on no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  await answering(endpoint);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint, close };
};
