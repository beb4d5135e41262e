import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { NewPreview, type Preview, type PreviewGone, PreviewPath } from '../../shared/api/previews.ts';
import { jsonPointer, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { PreviewHead } from '../../shared/aws/preview-store.ts';
import { monthsBefore } from '../../shared/kernel/calendar.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { added, NO_TALLY } from '../../shared/preview/tally.ts';
import type { Model } from '../../shared/scoring/model.ts';
import { NOTHING_IN_FORCE } from '../../shared/scoring/published-model.ts';
import { census, KEPT_FOR, PARTS } from './census.ts';
import type { Deps as AllDeps } from './deps.ts';
import { readDraft } from './draft.ts';

type Deps = Pick<AllDeps, 'previews' | 'startPreview' | 'currentModel' | 'modelVersion' | 'now'>;

const Asked = NewPreview.extend({ model: z.unknown() });

const running = ({ previews, startPreview, now }: Deps) =>
  census('preview', { store: previews, start: startPreview, now });

const shown = async (deps: Deps, head: PreviewHead): Promise<Preview> => {
  const { id, at, from, lastMonths, current, expiresAt } = head;
  const { parts, done, stalled } = await running(deps).state(head);
  const tally = parts.map((part) => part.tally).reduce(added, NO_TALLY);
  const inForce = current === 0 ? NOTHING_IN_FORCE : deps.modelVersion(current);
  const [before, after] = done ? await Promise.all([inForce, deps.previews.draft(id)]) : [];
  return {
    id,
    state: done ? 'done' : 'running',
    stalled,
    at: iso(at),
    from: iso(from),
    lastMonths,
    current,
    expiresAt: iso(expiresAt),
    progress: {
      members: tally.counts.members ?? 0,
      partsDone: parts.filter((part) => part.done).length,
      parts: head.parts,
    },
    ...(before && after ? { result: previewResult(tally, { before: before.model, after, months: lastMonths }) } : {}),
  };
};

const begun = async (deps: Deps, draft: Model, current: number, lastMonths: number): Promise<PreviewHead> => {
  const at = deps.now();
  const id = deps.previews.idOf(draft, lastMonths, current);
  const head: PreviewHead = {
    ...{ id, at, current, lastMonths, attempt: 1 },
    from: monthsBefore(at, lastMonths),
    parts: PARTS,
    startedAt: at,
    expiresAt: at + KEPT_FOR,
  };
  await deps.previews.begin(head, draft);
  await running(deps).start(head);
  return head;
};

/** Asked the same again, it gives what there is, and sees to it that the work goes on: so whoever lost sight of one asks again. */
const preview = (deps: Deps): Route =>
  route(z.object({ body: Asked }), async ({ body: { model, lastMonths, fresh } }) => {
    const read = await readDraft(model);
    if ('faults' in read) {
      const errors = read.faults.map(({ path, message }) => ({ pointer: jsonPointer(['model', ...path]), message }));
      return problem(422, 'The model is not valid, and cannot be previewed', { errors });
    }
    const { version } = (await deps.currentModel(0)) ?? NOTHING_IN_FORCE;
    const found = fresh ? undefined : await deps.previews.get(deps.previews.idOf(read.model, lastMonths, version));
    if (!found || !(await running(deps).isFresh(found))) {
      return { status: 202, body: await shown(deps, await begun(deps, read.model, version, lastMonths)) };
    }
    await running(deps).goOn(found);
    return { status: 200, body: await shown(deps, found) };
  });

/** What a draft of the model would change for everybody. */
export const previewRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'POST /v1/previews': preview(deps),
  'GET /v1/previews/{id}': route(z.object({ params: PreviewPath }), async ({ params: { id } }) => {
    const head = await deps.previews.get(id);
    return head ? { status: 200, body: await shown(deps, head) } : problem(404, 'There is no such preview (any more)');
  }),
  'DELETE /v1/previews/{id}': route(z.object({ params: PreviewPath }), async ({ params: { id } }) => {
    if (!(await deps.previews.get(id))) return problem(404, 'There is no such preview (any more)');
    await deps.previews.remove(id);
    const body: PreviewGone = { id };
    return { status: 200, body };
  }),
});
