import middy from '@middy/core';
import type { Observing } from './observing.ts';

/** Runs the work that a schedule starts. A failure is logged by its kind and thrown on, so that it is tried again. */
export const scheduledHandler = (work: (event: unknown) => Promise<void>, { log, metrics }: Observing) =>
  middy<unknown, void>().handler(async (event) => {
    try {
      await work(event);
    } catch (error) {
      log.error('the scheduled work failed', error);
      throw error;
    } finally {
      metrics.publish();
    }
  });
