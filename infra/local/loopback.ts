import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A server on a port of loopback; 0: any free one. */
export type LoopbackServer = { readonly address: string; readonly port: number; readonly close: () => Promise<void> };

export type Listener = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const guarded = (listener: Listener) => async (request: IncomingMessage, response: ServerResponse) => {
  try {
    await listener(request, response);
  } catch {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
};

export const listen = async (port: number, listener: Listener): Promise<LoopbackServer> => {
  const server = createServer(guarded(listener)).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('Listens on no port');
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { address: `http://127.0.0.1:${bound.port}`, port: bound.port, close };
};

/** Whether a browser was led here under this machine's own name, and not by a stranger's name that points here. */
export const isAskedAsLoopback = ({ headers }: IncomingMessage): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '');

/** The whole body; undefined where it is longer than `most` bytes. */
export const bodyOf = async (request: IncomingMessage, most: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
    else if (length > 4 * most) break;
  }
  return length > most ? undefined : Buffer.concat(chunks);
};
