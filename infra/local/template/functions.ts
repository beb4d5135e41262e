import * as z from 'zod';
import { functionIn, lastPart } from './place.ts';
import type { StackView } from './stack-view.ts';

const Described = z.object({
  Handler: z.string(),
  Code: z.object({ S3Key: z.string() }),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).default({ Variables: {} }),
});

export type FunctionBlueprint = {
  readonly name: string;
  readonly arn: string;
  /** `index.handler` */
  readonly handler: string;
  /** The asset's hash: it lies in the assembly as `asset.<hash>`. */
  readonly asset: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly concurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
};

export const readFunctions = ({ all, nameOf, arnOf }: StackView): FunctionBlueprint[] =>
  all(Described, 'AWS::Lambda::Function').map(([id, read]) => ({
    name: nameOf(id),
    arn: arnOf(id),
    handler: read.Handler,
    asset: read.Code.S3Key.replace(/\.zip$/, ''),
    timeout: read.Timeout,
    memory: read.MemorySize,
    concurrency: read.ReservedConcurrentExecutions,
    environment: read.Environment.Variables,
  }));

const EventSource = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number().default(10),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: z.number().optional() }).default({}),
});

export type EventSourceBlueprint = {
  /** Names. */
  readonly queue: string;
  readonly function: string;
  readonly batchSize: number;
  /** Seconds. */
  readonly window: number;
  /** Whether the function's list of failures counts. */
  readonly partialResponse: boolean;
  readonly concurrency: number | undefined;
};

export const readEventSources = ({ all }: StackView): EventSourceBlueprint[] =>
  all(EventSource, 'AWS::Lambda::EventSourceMapping').map(([, source]) => ({
    queue: lastPart(source.EventSourceArn),
    function: functionIn(source.FunctionName),
    batchSize: source.BatchSize,
    window: source.MaximumBatchingWindowInSeconds,
    partialResponse: source.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    concurrency: source.ScalingConfig.MaximumConcurrency,
  }));
