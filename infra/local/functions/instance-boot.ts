import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { InstanceData, Invocation, type Report } from './instance-messages.ts';
import { travellingDate } from './travelling-date.ts';

/*
 * The first file of a function's worker thread. The clock is set before the function's code is read, so that nothing
 * in it sees another one; nothing in it knows.
 */
const data = InstanceData.parse(workerData);
const offset = new Float64Array(data.offset);
const machine = Date;
globalThis.Date = travellingDate(machine, () => offset[0] ?? 0);

const port = parentPort;
if (!port) throw new Error('Not a worker thread');
const report = (message: Report): void => port.postMessage(message);

const failure = (error: unknown) => ({
  errorType: error instanceof Error ? error.name : typeof error,
  errorMessage: error instanceof Error ? error.message : String(error),
  trace: error instanceof Error ? (error.stack ?? '').split('\n') : [],
});

const Module = z.record(z.string(), z.unknown());
const isHandler = (found: unknown): found is (event: unknown, context: object) => unknown =>
  typeof found === 'function';

const handler = await (async () => {
  const found = Module.parse({ ...(await import(data.entry)) })[data.handler];
  if (!isHandler(found)) throw new Error(`${data.handler} is not exported`);
  return found;
})();

const contextOf = ({ id, deadline }: Invocation) => ({
  ...data.context,
  awsRequestId: id,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - machine.now()),
});

port.on('message', async (message: unknown) => {
  const invocation = Invocation.parse(message);
  try {
    const result = await handler(JSON.parse(invocation.event), contextOf(invocation));
    report({ kind: 'done', id: invocation.id, result: JSON.stringify(result ?? null) });
  } catch (error) {
    report({ kind: 'failed', id: invocation.id, ...failure(error) });
  }
});
report({ kind: 'ready' });
