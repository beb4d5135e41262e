import { FunctionError } from './function-error.ts';
import type { Instance } from './instance.ts';

export type LocalFunction = {
  readonly name: string;
  /** Waits for a free instance. Throws FunctionError. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly counts: () => { readonly invocations: number; readonly errors: number };
  readonly atWork: () => boolean;
  /** Kills every instance that is at work, in the midst of it. Gives how many these were. */
  readonly kill: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export type Pool = {
  readonly name: string;
  /** How many instances at once. */
  readonly limit: number;
  readonly start: () => Instance;
  /** Told of every invocation that failed. */
  readonly failed: (error: FunctionError) => void;
};

/** A function with as many instances as are needed at once, each serving one invocation at a time, as on Lambda. */
export const localFunction = ({ name, limit, start, failed }: Pool): LocalFunction => {
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  const queue: ((instance: Instance) => void)[] = [];
  let invocations = 0;
  let errors = 0;

  const started = (): Instance => {
    const instance = start();
    all.add(instance);
    return instance;
  };
  const taken = async (): Promise<Instance> => {
    const free = idle.pop();
    if (free?.alive()) return free;
    if (free) all.delete(free);
    return all.size < limit ? started() : new Promise((resolve) => queue.push(resolve));
  };
  const given = (instance: Instance): void => {
    if (!instance.alive()) all.delete(instance);
    const next = queue.shift();
    if (next) next(instance.alive() ? instance : started());
    else if (instance.alive()) idle.push(instance);
  };

  return {
    name,
    invoke: async (event) => {
      const instance = await taken();
      invocations++;
      try {
        return await instance.invoke(event);
      } catch (error) {
        errors++;
        if (error instanceof FunctionError) failed(error);
        throw error;
      } finally {
        given(instance);
      }
    },
    counts: () => ({ invocations, errors }),
    atWork: () => all.size > idle.length,
    kill: async () => {
      const victims = [...all].filter((instance) => instance.alive() && !idle.includes(instance));
      await Promise.all(victims.map((instance) => instance.kill()));
      return victims.length;
    },
    close: async () => {
      await Promise.all([...all].map((instance) => instance.close()));
    },
  };
};
