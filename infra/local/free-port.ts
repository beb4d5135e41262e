import { once } from 'node:events';
import { createServer } from 'node:net';
import { Trouble } from './trouble.ts';

const LOOPBACK = '127.0.0.1';

/** A port of loopback that nothing listens on just now. */
export const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, LOOPBACK);
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port on loopback');
  return address.port;
};

/** Throws Trouble where something listens on the port already. */
export const needPort = async (port: number, what: string): Promise<void> => {
  const probe = createServer().listen(port, LOOPBACK);
  try {
    await once(probe, 'listening');
  } catch {
    throw new Trouble(
      `Port ${port} for the ${what} is taken: stop what listens there, or choose another with \`npm start -- --port NUMBER\`.`,
    );
  }
  await new Promise((resolve) => probe.close(resolve));
};
