import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';

/** How a function tells what it does: to the log, and in counts. */
export type Observing = { readonly log: Log; readonly metrics: Metrics };

export const observing = (service: string): Observing => ({
  log: createLog(service),
  metrics: createMetrics(service),
});
