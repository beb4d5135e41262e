import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { noSuchMessage } from '../../shared/api/no-such-message.ts';
import { problem } from '../../shared/api/problem.ts';
import { NewReport, type Report, type ReportGone, ReportPath, ReportQuery } from '../../shared/api/reports.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { ReportHead } from '../../shared/aws/report-store.ts';
import { addedCounts } from '../../shared/census/counts.ts';
import { questionOf } from '../../shared/mailing/measuring/enrolment.ts';
import { reportResult } from '../../shared/mailing/measuring/report.ts';
import { type StaffLanguage, staffLanguage } from '../../shared/risk/words.ts';
import { census, KEPT_FOR, PARTS } from './census.ts';
import type { Deps as AllDeps } from './deps.ts';

type Deps = Pick<AllDeps, 'reports' | 'startPreview' | 'currentModel' | 'modelVersion' | 'now'>;

const running = ({ reports, startPreview, now }: Deps) =>
  census('report', { store: reports, start: startPreview, now });

const shown = async (deps: Deps, head: ReportHead, language: StaffLanguage): Promise<Report> => {
  const { id, at, current, expiresAt, message } = head;
  const { parts, done, stalled } = await running(deps).state(head);
  const counts = parts.map(({ tally }) => tally).reduce(addedCounts, {});
  const version = done ? await deps.modelVersion(current) : undefined;
  return {
    id,
    message: message ?? null,
    state: done ? 'done' : 'running',
    stalled,
    at: iso(at),
    current,
    expiresAt: iso(expiresAt),
    progress: {
      members: counts.members ?? 0,
      partsDone: parts.filter((part) => part.done).length,
      parts: head.parts,
    },
    ...(version
      ? {
          result: reportResult(counts, {
            model: version.model,
            question: questionOf(version.model, message),
            at,
            language,
          }),
        }
      : {}),
  };
};

const begun = async (deps: Deps, message: string | undefined, current: number): Promise<ReportHead> => {
  const at = deps.now();
  const head: ReportHead = {
    ...{ id: deps.reports.idOf(message, current), at, current, attempt: 1, parts: PARTS },
    startedAt: at,
    expiresAt: at + KEPT_FOR,
    ...(message === undefined ? {} : { message }),
  };
  await deps.reports.begin(head);
  await running(deps).start(head);
  return head;
};

/** Asked the same again, it gives what there is, and sees to it that the work goes on: so whoever lost sight of one asks again. */
const report = (deps: Deps): Route =>
  route(z.object({ body: NewReport, query: ReportQuery }), async ({ body: { message, fresh }, query }) => {
    const language = staffLanguage(query.language, 'en');
    const current = await deps.currentModel(0);
    if (!current) return problem(409, 'No model is in force yet');
    const { messages, holdOut } = current.model;
    if (message !== undefined && !messages.some(({ id }) => id === message)) return noSuchMessage(current.model);
    if (message === undefined && !holdOut)
      return problem(409, 'The model holds nobody out of everything: name a message, or give the model a holdOut');
    const found = fresh ? undefined : await deps.reports.get(deps.reports.idOf(message, current.version));
    if (!found || !(await running(deps).isFresh(found)))
      return { status: 202, body: await shown(deps, await begun(deps, message, current.version), language) };
    await running(deps).goOn(found);
    return { status: 200, body: await shown(deps, found, language) };
  });

/** What messages do, as seen from what became of those who got them and of those who did not. */
export const reportRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'POST /v1/reports': report(deps),
  'GET /v1/reports/{id}': route(
    z.object({ params: ReportPath, query: ReportQuery }),
    async ({ params: { id }, query }) => {
      const head = await deps.reports.get(id);
      return head
        ? { status: 200, body: await shown(deps, head, staffLanguage(query.language, 'en')) }
        : problem(404, 'There is no such report (any more)');
    },
  ),
  'DELETE /v1/reports/{id}': route(z.object({ params: ReportPath }), async ({ params: { id } }) => {
    if (!(await deps.reports.get(id))) return problem(404, 'There is no such report (any more)');
    await deps.reports.remove(id);
    const body: ReportGone = { id };
    return { status: 200, body };
  }),
});
