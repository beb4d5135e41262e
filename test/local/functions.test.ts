import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionLog, metricSums } from '../../infra/local/functions/function-log.ts';
import { startInstance } from '../../infra/local/functions/instance.ts';
import { type LocalFunction, localFunction } from '../../infra/local/functions/local-function.ts';

const CODE = `
let count = 0;
const loadedAt = Date.now();
export const handler = async (event, context) => {
  count++;
  switch (event.do) {
    case 'throw': throw new TypeError('no such thing');
    case 'exit': process.exit(3);
    case 'hang': await new Promise(() => {}); break;
    case 'spin': for (;;) {}
    case 'wait': await new Promise((resolve) => setTimeout(resolve, event.ms)); return count;
    case 'print': console.log(event.line); return null;
    case 'date': return { now: Date.now(), new: new Date().getTime(), made: new Date(5).getTime(), loadedAt,
      is: new Date() instanceof Date, same: new Date().constructor === Date, text: Date().slice(-4), zone: new Date().getTimezoneOffset() };
    default: return { count, env: process.env.WORD, left: context.getRemainingTimeInMillis(), name: context.functionName };
  }
};`;

let folder: string;
let entry: string;
const open: LocalFunction[] = [];
const offset = () => new Float64Array(new SharedArrayBuffer(8));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'polku-function-'));
  writeFileSync(join(folder, 'index.mjs'), CODE);
  entry = pathToFileURL(join(folder, 'index.mjs')).href;
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  rmSync(folder, { recursive: true });
});

const given = ({
  limit = 1,
  timeout = 10,
  ahead = offset(),
  code = entry,
  output = (_: string) => {},
} = {}): LocalFunction => {
  const data = { entry: code, handler: 'handler', offset: ahead.buffer, context: { functionName: 'hello' } };
  const made = localFunction({
    name: 'hello',
    limit,
    start: () => startInstance({ name: 'hello', data, environment: { WORD: 'own' }, timeout, memory: 128, output }),
    failed: () => {},
  });
  open.push(made);
  return made;
};
const failure = (result: Promise<unknown>): Promise<unknown> => result.catch((error: unknown) => error);

describe('a function on this machine', () => {
  it('has its own environment and context, and keeps its state between calls', async () => {
    const hello = given();
    expect(await hello.invoke({})).toMatchObject({ count: 1, env: 'own', name: 'hello' });
    expect(await hello.invoke({})).toMatchObject({ count: 2, left: expect.closeTo(10_000, -4) });
  });

  it('starts nothing before it is called', () => {
    const start = () => {
      throw new Error('Nobody has called');
    };
    expect(() => localFunction({ name: 'hello', limit: 1, start, failed: () => {} })).not.toThrow();
  });

  it('serves one call at a time in each instance, and no more instances than are allowed', async () => {
    const alone = given();
    expect(await Promise.all([1, 2, 3].map(() => alone.invoke({ do: 'wait', ms: 10 })))).toEqual([1, 2, 3]);
    const two = given({ limit: 2 });
    expect(await Promise.all([1, 2].map(() => two.invoke({ do: 'wait', ms: 300 })))).toEqual([1, 1]);
  });

  it('passes on what it throws, and serves on', async () => {
    const hello = given();
    expect(await failure(hello.invoke({ do: 'throw' }))).toMatchObject({
      type: 'TypeError',
      message: 'no such thing',
      function: 'hello',
    });
    expect(await hello.invoke({})).toMatchObject({ count: 2 });
    expect(hello.counts()).toEqual({ invocations: 2, errors: 1 });
  });

  it('is ended at its time-out, also when it spins, and comes back fresh', async () => {
    const hello = given({ timeout: 0.5 });
    for (const what of ['hang', 'spin']) {
      expect(await failure(hello.invoke({ do: what }))).toMatchObject({ type: 'Sandbox.Timedout' });
      expect(await hello.invoke({})).toMatchObject({ count: 1 });
    }
  });

  it('comes back fresh after a crash, for those who wait, too', async () => {
    const hello = given();
    const [crashed, served] = await Promise.all([failure(hello.invoke({ do: 'exit' })), hello.invoke({})]);
    expect(crashed).toMatchObject({ type: 'Runtime.ExitError' });
    expect(served).toMatchObject({ count: 1 });
  });

  it('says so when its code cannot be loaded', async () => {
    const broken = given({ code: pathToFileURL(join(folder, 'none.mjs')).href });
    expect(await failure(broken.invoke({}))).toMatchObject({
      type: 'Runtime.ExitError',
      message: expect.stringContaining('none.mjs'),
    });
  });

  it('lives by the local cloud’s clock from its first line on, and sees it move', async () => {
    const ahead = offset();
    ahead[0] = 86_400_000;
    const hello = given({ ahead });
    const seen = await hello.invoke({ do: 'date' });
    expect(seen).toMatchObject({ made: 5, is: true, same: true });
    const tomorrow = expect.closeTo(Date.now() + 86_400_000, -5);
    expect(seen).toMatchObject({ now: tomorrow, new: tomorrow, loadedAt: tomorrow });
    ahead[0] = 2 * 86_400_000;
    expect(await hello.invoke({ do: 'date' })).toMatchObject({ now: expect.closeTo(Date.now() + 2 * 86_400_000, -5) });
  });
});

describe('what a function writes', () => {
  it('is kept line by line, its metrics summed, its errors told in one line each', async () => {
    const told: string[] = [];
    const metrics = metricSums();
    const log = functionLog(folder, 'hello', metrics, (line) => told.push(line));
    const emf = (name: string, value: unknown) =>
      `${JSON.stringify({ _aws: { CloudWatchMetrics: [{ Metrics: [{ Name: name }] }] }, [name]: value })}\n`;
    log.write(`first li`);
    log.write(`ne\n${emf('Commits', 2)}${emf('Commits', [1, 4])}`);
    log.write('{"level":"ERROR","message":"The queue is away"}\n{"level":"INFO","message":"well"}\n{not json');
    await log.close();
    expect(readFileSync(join(folder, 'logs/hello.log'), 'utf8').split('\n')).toHaveLength(7);
    expect(metrics.all()).toEqual({ Commits: 7 });
    expect(told).toEqual(['hello: The queue is away']);
  });

  it('reaches its log from the worker thread', async () => {
    let output = '';
    const hello = given({ output: (chunk) => (output += chunk) });
    await hello.invoke({ do: 'print', line: 'a line' });
    await expect.poll(() => output).toBe('a line\n');
  });
});
