import type { ReportHead, ReportStore } from '../../shared/aws/report-store.ts';
import type { Counts } from '../../shared/census/counts.ts';
import { idFrom, memoryCensus } from './memory-census.ts';

/** Reports in memory, with the conditions of the real store. `now` in epoch ms. */
export const memoryReports = (now: () => number): ReportStore => ({
  ...memoryCensus<ReportHead, Counts>(now),
  idOf: (message, current) => idFrom(`${message ?? ''} ${current}`),
});
