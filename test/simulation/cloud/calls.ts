import { NotUnderstood } from './misuse.ts';

/**
 * What stands between one instance of a function and the cloud: it may wait, fail, crash, lose the answer, or run the
 * call twice. `run` is synchronous: state changes in one step, and refusals of the service are thrown.
 */
export type Through<Call> = (call: Call, run: () => unknown) => Promise<unknown>;

/** Nothing stands between. */
export const straight = async (_: unknown, run: () => unknown): Promise<unknown> => run();

type Service<Call> = {
  readonly callOf: (command: unknown) => Call;
  readonly run: (call: Call) => unknown;
  readonly misuse: unknown[];
};

/**
 * An object that passes for a client of the SDK (`instanceof`, which paginators check), without the cost of making one.
 * @param prototype that of the client's class
 */
export const passingFor = <Client extends object, Call>(
  prototype: Client,
  { callOf, run, misuse }: Service<Call>,
  through: Through<Call>,
): Client => {
  const noting = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      if (error instanceof NotUnderstood) misuse.push(error);
      throw error;
    }
  };
  const send = async (command: unknown): Promise<unknown> => {
    const call = noting(() => callOf(command));
    return through(call, () => noting(() => run(call)));
  };
  return Object.create(prototype, { send: { value: send }, destroy: { value: () => {} } });
};
