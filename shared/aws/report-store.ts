import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Part } from '../census/work-on.ts';
import { canonicalJson } from '../kernel/json.ts';
import { CensusHead, type CensusTools, censusStore } from './census-store.ts';

const Head = CensusHead.extend({
  /** The message that is asked about; left out: everything that some are held out of. */
  message: z.string().optional(),
});
/** A report that was asked for. Times are epoch ms. */
export type ReportHead = Readonly<z.infer<typeof Head>>;

const ReportTally = z.record(z.string(), z.int());
export type ReportPart = Part<z.infer<typeof ReportTally>>;

/** Reports on what messages do, and how far they have come. They hold numbers alone. */
export const reportStore = (tools: CensusTools) => {
  const { get, part, parts, keepPart, begin, startAgain, remove } = censusStore(tools, {
    name: 'report',
    head: Head,
    tally: ReportTally,
  });
  return {
    ...{ get, part, parts, keepPart, begin, startAgain, remove },
    /** The same question has the same id, so that whoever asks again finds what there is. */
    idOf: (message: string | undefined, current: number): string =>
      createHash('sha256')
        .update(canonicalJson({ report: message ?? null, current }))
        .digest('hex')
        .slice(0, 32),
  };
};
export type ReportStore = ReturnType<typeof reportStore>;
