import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { FunctionError } from './function-error.ts';
import { type InstanceData, type Invocation, Report } from './instance-messages.ts';
import { pending, timer } from './pending.ts';

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
  /** Ends it where it stands, as a SIGKILL does. What it was at fails. */
  readonly kill: () => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** Time for the code outside of the handler, as Lambda gives it, in ms. */
const INIT = 10_000;

const startWorker = ({ data, environment, memory, output }: InstanceOptions): Worker => {
  const worker = new Worker(new URL('./instance-boot.ts', import.meta.url), {
    workerData: data,
    env: { ...environment },
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: memory },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', output);
  return worker;
};

const crash = (name: string, error: unknown): FunctionError => {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return new FunctionError(name, 'Runtime.ExitError', message, stack.split('\n'));
};

const timedOut = (name: string, ms: number): FunctionError =>
  new FunctionError(name, 'Sandbox.Timedout', `Task timed out after ${(ms / 1000).toFixed(2)} seconds`);

/** A function's execution environment: a worker thread with its own modules and its own `process.env`. */
export const startInstance = (options: InstanceOptions): Instance => {
  const { name, timeout } = options;
  const worker = startWorker(options);
  const ready = pending<void>();
  const isReady = ready.begin();
  const result = pending<unknown>();
  let alive = true;
  const die = (error: FunctionError): void => {
    if (!alive) return;
    alive = false;
    result.reject(error);
    ready.reject(error);
    worker.terminate();
  };

  worker.on('message', (message: unknown) => {
    const report = Report.parse(message);
    if (report.kind === 'ready') ready.resolve();
    else if (report.kind === 'done') result.resolve(JSON.parse(report.result));
    else result.reject(new FunctionError(name, report.errorType, report.errorMessage, report.trace));
  });
  worker.on('error', (error) => die(crash(name, error)));
  worker.on('exit', (code) => die(crash(name, `The instance ended with code ${code}`)));

  const invoke = async (event: unknown): Promise<unknown> => {
    if (!alive) throw crash(name, 'The instance has ended');
    const limit = timer();
    const within = (ms: number) => limit.set(ms, () => die(timedOut(name, ms)));
    try {
      within(INIT);
      await isReady;
      const answer = result.begin();
      within(timeout * 1000);
      const deadline = Date.now() + timeout * 1000;
      const invocation: Invocation = { id: randomUUID(), event: JSON.stringify(event), deadline };
      worker.postMessage(invocation);
      return await answer;
    } finally {
      limit.stop();
    }
  };

  return {
    invoke,
    alive: () => alive,
    kill: () => worker.terminate(),
    close: async () => {
      alive = false;
      await worker.terminate();
    },
  };
};
