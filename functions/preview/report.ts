import type { MemberStore } from '../../shared/aws/member-store.ts';
import type { ReportHead, ReportStore } from '../../shared/aws/report-store.ts';
import { addedCounts, type Counts } from '../../shared/census/counts.ts';
import { type CensusDeps, type Counting, workOn } from '../../shared/census/work-on.ts';
import { enrolmentOf, type MeasuredMail, questionOf } from '../../shared/mailing/measuring/enrolment.ts';
import { openReport, type Participant } from '../../shared/mailing/measuring/report-book.ts';
import type { PublishedModel } from '../../shared/scoring/published-model.ts';

type Found = Participant | undefined;

export type ReportDeps = Pick<ReportStore, 'get' | 'part' | 'keepPart'> &
  Pick<CensusDeps<ReportHead, Counts, Found>, 'membersIn' | 'now'> &
  Pick<MemberStore, 'ledger'> & {
    readonly modelVersion: (version: number) => Promise<PublishedModel | undefined>;
    readonly mails: (member: string) => Promise<readonly MeasuredMail[]>;
  };

const counting = async (
  { modelVersion, mails, ledger }: ReportDeps,
  { message, current, at }: ReportHead,
): Promise<Counting<Counts, Found> | undefined> => {
  const published = await modelVersion(current);
  if (!published) return undefined;
  const question = questionOf(published.model, message);
  return {
    async find(member) {
      // Most members have no part in it, and their ledgers are not read.
      const enrolment = enrolmentOf(await mails(member), question);
      return enrolment && { enrolment, events: await ledger(member) };
    },
    book: () => openReport(question, published, at),
    none: {},
    added: addedCounts,
  };
};

/** Works on a part of a report: who got a message or would have got it, and what came of them. */
export const workOnReport = (deps: ReportDeps) =>
  workOn<ReportHead, Counts, Found>({ ...deps, counting: (head) => counting(deps, head) });
