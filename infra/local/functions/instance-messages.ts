import * as z from 'zod';

/** What a worker thread is started with. */
export const InstanceData = z.object({
  /** `file:` address of the bundle. */
  entry: z.string(),
  /** The export to call. */
  handler: z.string(),
  /** The clock's offset, one float, in ms. */
  offset: z.instanceof(SharedArrayBuffer),
  /** The part of Lambda's context that does not change. */
  context: z.record(z.string(), z.string()),
});
export type InstanceData = z.infer<typeof InstanceData>;

/** Events and results travel as JSON, as they do on AWS: what JSON does not hold gets lost here, too. */
export const Invocation = z.object({
  id: z.string(),
  event: z.string(),
  /** By the machine's clock, epoch ms. */
  deadline: z.number(),
});
export type Invocation = z.infer<typeof Invocation>;

export const Failure = z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) });
export type Failure = z.infer<typeof Failure>;

export const Report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done'), id: z.string(), result: z.string() }),
  Failure.extend({ kind: z.literal('failed'), id: z.string() }),
]);
export type Report = z.infer<typeof Report>;
