import { type Listener, type LoopbackServer, listen } from '../loopback.ts';

const closed: Listener = (_, response) => void response.writeHead(503, { 'retry-after': '1' }).end();

export type EarlyDoor = LoopbackServer & {
  /** Opens it to a listener. */
  readonly open: (listener: Listener) => void;
  /** From here on nobody is let in. */
  readonly shut: () => void;
};

/** A door with an address, which functions must be told, before there is anything behind it. 0: any free port. */
export const earlyDoor = async (port: number): Promise<EarlyDoor> => {
  let behind = closed;
  const server = await listen(port, (request, response) => behind(request, response));
  return {
    ...server,
    open: (listener) => {
      behind = listener;
    },
    shut: () => {
      behind = closed;
    },
  };
};
