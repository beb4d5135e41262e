import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { FunctionError } from './function-error.ts';
import { type InstanceData, type Invocation, Report } from './instance-messages.ts';

export type InstanceOptions = {
  readonly name: string;
  readonly data: InstanceData;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  /** What it writes, as it comes. */
  readonly output: (chunk: string) => void;
};

export type Instance = {
  /** One at a time. Throws FunctionError; after a time-out or a crash the instance is no longer alive. */
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly alive: () => boolean;
  readonly close: () => Promise<void>;
};

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: FunctionError) => void };

/** Time for the code outside of the handler, as Lambda gives it, in ms. */
const INIT = 10_000;

/** A function's execution environment: a worker thread with its own modules and its own `process.env`. */
export const startInstance = ({ name, data, environment, timeout, memory, output }: InstanceOptions): Instance => {
  const worker = new Worker(new URL('./instance-boot.ts', import.meta.url), {
    workerData: data,
    env: { ...environment },
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: memory },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', output);

  let alive = true;
  let waiting: Waiting | undefined;
  const settle = (how: (waiting: Waiting) => void): void => {
    const current = waiting;
    waiting = undefined;
    if (current) how(current);
  };
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const die = (error: FunctionError): void => {
    if (!alive) return;
    alive = false;
    isReady();
    settle(({ reject }) => reject(error));
    worker.terminate();
  };

  worker.on('message', (message: unknown) => {
    const report = Report.parse(message);
    if (report.kind === 'ready') isReady();
    else if (report.kind === 'done') settle(({ resolve }) => resolve(JSON.parse(report.result)));
    else settle(({ reject }) => reject(new FunctionError(name, report.errorType, report.errorMessage, report.trace)));
  });
  worker.on('error', (error) => {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    die(new FunctionError(name, 'Runtime.ExitError', message, stack.split('\n')));
  });
  worker.on('exit', (code) =>
    die(new FunctionError(name, 'Runtime.ExitError', `The instance ended with code ${code}`)),
  );

  const call = (event: unknown): void => {
    const invocation: Invocation = {
      id: randomUUID(),
      event: JSON.stringify(event),
      deadline: Date.now() + timeout * 1000,
    };
    worker.postMessage(invocation);
  };

  const invoke = async (event: unknown): Promise<unknown> => {
    let timer: NodeJS.Timeout | undefined;
    const within = (ms: number) => {
      clearTimeout(timer);
      const late = new FunctionError(
        name,
        'Sandbox.Timedout',
        `Task timed out after ${(ms / 1000).toFixed(2)} seconds`,
      );
      timer = setTimeout(() => die(late), ms);
    };
    const result = new Promise<unknown>((resolve, reject) => {
      waiting = { resolve, reject };
    });
    // It may fail before anybody waits for it.
    result.catch(() => {});
    try {
      within(INIT);
      await ready;
      if (alive) {
        within(timeout * 1000);
        call(event);
      }
      return await result;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    invoke: (event) =>
      alive ? invoke(event) : Promise.reject(new FunctionError(name, 'Runtime.ExitError', 'The instance has ended')),
    alive: () => alive,
    close: async () => {
      alive = false;
      await worker.terminate();
    },
  };
};
