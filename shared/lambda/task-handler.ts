import middy from '@middy/core';
import type * as z from 'zod';
import type { Observing } from './observing.ts';

/** Runs a step of a state machine. A failure is logged by its kind and thrown on, so that it is tried again. */
export const taskHandler = <S extends z.ZodType, Answer>(
  schema: S,
  work: (task: z.infer<S>) => Promise<Answer>,
  { log, metrics }: Observing,
) =>
  middy<unknown, Answer>().handler(async (event) => {
    try {
      return await work(schema.parse(event));
    } catch (error) {
      log.error('the task failed', error);
      throw error;
    } finally {
      metrics.publish();
    }
  });
