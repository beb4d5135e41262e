import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assembly } from '../synthesis.ts';
import type { FunctionBlueprint } from '../template/functions.ts';
import { REGION } from '../template/place.ts';
import { functionLog, type MetricSums } from './function-log.ts';
import { startInstance } from './instance.ts';
import { type LocalFunction, localFunction } from './local-function.ts';

/** Loopback addresses of the emulated services. */
export type Endpoints = {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly ses: string;
  readonly states: string;
};

export type FunctionsOptions = {
  readonly data: string;
  readonly folder: Assembly['folder'];
  readonly endpoints: Endpoints;
  readonly offset: SharedArrayBuffer;
  readonly metrics: MetricSums;
  /** Hears of errors, a line each. */
  readonly tell: (line: string) => void;
};

const entryOf = (folder: string, { asset, handler, name }: FunctionBlueprint): string => {
  const [file = ''] = handler.split('.');
  const bundle = ['.mjs', '.js', '.cjs'].map((end) => join(folder, `asset.${asset}`, file + end)).find(existsSync);
  if (!bundle) throw new Error(`The assembly has no code for ${name}`);
  return pathToFileURL(bundle).href;
};

const environmentOf = (
  blueprint: FunctionBlueprint,
  { dynamodb, sqs, ses, states }: Endpoints,
): Record<string, string> => ({
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_LAMBDA_FUNCTION_NAME: blueprint.name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(blueprint.memory),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${blueprint.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  _HANDLER: blueprint.handler,
  TZ: ':UTC',
  ...blueprint.environment,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_SQS: sqs,
  AWS_ENDPOINT_URL_SES: ses,
  AWS_ENDPOINT_URL_SFN: states,
});

const contextOf = ({ name, arn, memory }: FunctionBlueprint) => ({
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  memoryLimitInMB: String(memory),
  logGroupName: `/aws/lambda/${name}`,
  logStreamName: 'local',
});

/** More at once than the machine has cores for only costs memory; one alone would hide what happens side by side. */
export const atOnce = (allowed: number | undefined): number =>
  Math.min(allowed ?? 10, Math.max(2, availableParallelism()));

/** The functions, ready to be called: an instance is started when the first call needs it. */
export const startFunctions = (
  blueprints: readonly FunctionBlueprint[],
  options: FunctionsOptions,
): ReadonlyMap<string, LocalFunction> =>
  new Map(
    blueprints.map((blueprint) => {
      const { name, handler, timeout, memory, concurrency } = blueprint;
      const log = functionLog(options.data, name, options.metrics, options.tell);
      const entry = entryOf(options.folder, blueprint);
      const environment = environmentOf(blueprint, options.endpoints);
      const data = {
        entry,
        handler: handler.split('.').at(-1) ?? 'handler',
        offset: options.offset,
        context: contextOf(blueprint),
      };
      const pool = localFunction({
        name,
        limit: atOnce(concurrency),
        start: () => startInstance({ name, data, environment, timeout, memory, output: log.write }),
        failed: log.failed,
      });
      const close = async () => {
        await pool.close();
        await log.close();
      };
      return [name, { ...pool, close }];
    }),
  );
