import * as z from 'zod';

const Retry = z.object({
  ErrorEquals: z.tuple([z.literal('States.ALL')]),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
  MaxAttempts: z.int().default(3),
  MaxDelaySeconds: z.number().default(60),
});
export type Retry = z.infer<typeof Retry>;

/** A field at the top of what comes in: `$.parts`. */
const Path = z
  .string()
  .regex(/^\$\.\w+$/)
  .transform((path) => path.slice(2));

const Task = z.object({
  Type: z.literal('Task'),
  /** A function's ARN: it is called with what comes in, and its answer goes on. */
  Resource: z.string(),
  Retry: z.array(Retry).max(1).default([]),
  Next: z.string(),
});
const Choice = z.object({
  Type: z.literal('Choice'),
  Choices: z.array(z.object({ Variable: Path, BooleanEquals: z.boolean(), Next: z.string() })),
  Default: z.string(),
});
const MapState = z.object({
  Type: z.literal('Map'),
  ItemsPath: Path,
  MaxConcurrency: z.int().positive(),
  get ItemProcessor() {
    return Definition;
  },
  ResultPath: z.null(),
  End: z.literal(true),
});
const Succeed = z.object({ Type: z.literal('Succeed') });

/** As much of the Amazon States Language as the stack uses: what is beyond it is refused. */
export const Definition = z.object({
  StartAt: z.string(),
  States: z.record(z.string(), z.discriminatedUnion('Type', [Task, Choice, MapState, Succeed])),
});
export type Definition = z.infer<typeof Definition>;
export type Task = z.infer<typeof Task>;
export type MapState = z.infer<typeof MapState>;
