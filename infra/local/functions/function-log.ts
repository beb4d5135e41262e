import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { FunctionError } from './function-error.ts';

const Level = z.object({ level: z.enum(['ERROR', 'CRITICAL', 'FATAL']), message: z.string() });

const Emf = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(z.object({ Metrics: z.array(z.object({ Name: z.string() })) })),
  }),
});

const parsed = (line: string): unknown => {
  try {
    return line.startsWith('{') ? JSON.parse(line) : undefined;
  } catch {
    return undefined;
  }
};

const sum = (value: unknown): number =>
  (Array.isArray(value) ? value : [value]).reduce(
    (total: number, one: unknown) => total + (typeof one === 'number' ? one : 0),
    0,
  );

/** The sums of the metrics in lines of CloudWatch's embedded metric format, by name. */
export const metricSums = () => {
  const sums = new Map<string, number>();
  return {
    read: (line: unknown): void => {
      const emf = Emf.safeParse(line);
      if (!emf.success) return;
      const names = emf.data._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
      for (const name of names) sums.set(name, (sums.get(name) ?? 0) + sum(emf.data[name]));
    },
    all: (): Record<string, number> => Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};
export type MetricSums = ReturnType<typeof metricSums>;

export type FunctionLog = {
  /** Output as it comes, not yet cut into lines. */
  readonly write: (chunk: string) => void;
  readonly failed: (error: FunctionError) => void;
  readonly close: () => Promise<void>;
};

/** Keeps what a function writes in `<data>/logs/<name>.log`, sums its metrics, and passes errors on, a line each. */
export const functionLog = (
  data: string,
  name: string,
  metrics: MetricSums,
  tell: (line: string) => void,
): FunctionLog => {
  mkdirSync(join(data, 'logs'), { recursive: true });
  const file = createWriteStream(join(data, 'logs', `${name}.log`), { flags: 'a', mode: 0o600 });
  let rest = '';

  const read = (line: string): void => {
    file.write(`${line}\n`);
    const json = parsed(line);
    metrics.read(json);
    const error = Level.safeParse(json);
    if (error.success) tell(`${name}: ${error.data.message}`);
  };

  return {
    write: (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) read(line);
    },
    // Lambda writes this line itself.
    failed: ({ type, message, trace }) => {
      file.write(`${JSON.stringify({ level: 'ERROR', errorType: type, errorMessage: message, stackTrace: trace })}\n`);
      tell(`${name} failed: ${type}: ${message.split('\n')[0]}`);
    },
    close: () =>
      new Promise((resolve) => {
        if (rest) read(rest);
        file.end(resolve);
      }),
  };
};
