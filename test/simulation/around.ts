/** A client with something before and after each of its calls; still an instance of its class. */
export const around = <Client extends { send: (...args: never[]) => unknown }>(
  client: Client,
  call: (command: unknown, send: (command: unknown) => Promise<unknown>) => Promise<unknown>,
): Client => {
  const send: unknown = Reflect.get(client, 'send');
  if (typeof send !== 'function') throw new TypeError('A client without send');
  const onwards = async (command: unknown): Promise<unknown> => send.call(client, command);
  return Object.create(client, { send: { value: (command: unknown) => call(command, onwards) } });
};
