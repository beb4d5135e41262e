import * as z from 'zod';
import { iso } from '../../shared/api/instant.ts';
import { NewPreview, type Preview, type PreviewGone, PreviewPath } from '../../shared/api/previews.ts';
import { jsonPointer, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import type { PreviewPart } from '../../shared/aws/preview-parts.ts';
import type { PreviewHead } from '../../shared/aws/preview-store.ts';
import { monthsBefore } from '../../shared/kernel/calendar.ts';
import { DAY } from '../../shared/kernel/duration.ts';
import { publishable } from '../../shared/mailing/publishable.ts';
import { previewResult } from '../../shared/preview/result.ts';
import { added, NO_TALLY } from '../../shared/preview/tally.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Deps as AllDeps } from './deps.ts';

type Deps = Pick<AllDeps, 'previews' | 'startPreview' | 'currentModel' | 'modelVersion' | 'now'>;

/** Parts of the table, each worked on by itself. */
const PARTS = 32;
const KEPT_FOR = 7 * DAY;
/** For so long an answer counts as fresh, ms. */
const FRESH_FOR = 3_600_000;
/** Work that nobody heard of for so long, ms, has died. It says something every few seconds. */
const SILENT_FOR = 180_000;

const Asked = NewPreview.extend({ model: z.unknown() });

const isDone = ({ parts }: PreviewHead, found: readonly PreviewPart[]): boolean =>
  found.length === parts && found.every(({ done }) => done);

const isStalled = ({ startedAt }: PreviewHead, found: readonly PreviewPart[], now: number): boolean =>
  now - Math.max(startedAt, ...found.map(({ heardAt }) => heardAt)) > SILENT_FOR;

const shown = async (deps: Deps, head: PreviewHead): Promise<Preview> => {
  const { id, at, from, lastMonths, current, expiresAt } = head;
  const parts = await deps.previews.parts(head);
  const done = isDone(head, parts);
  const tally = parts.map((part) => part.tally).reduce(added, NO_TALLY);
  const [before, after] = done ? await Promise.all([deps.modelVersion(current), deps.previews.draft(id)]) : [];
  return {
    id,
    state: done ? 'done' : 'running',
    stalled: !done && isStalled(head, parts, deps.now()),
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

const start = ({ startPreview }: Deps, { id, at, attempt, parts }: PreviewHead): Promise<void> =>
  startPreview(`${id}-${at}-${attempt}`, {
    parts: Array.from({ length: parts }, (_, part) => ({ preview: id, at, part })),
  });

/** What there is of a preview already: as it is where it lives, started again where it died. */
const goOn = async (deps: Deps, head: PreviewHead): Promise<void> => {
  const startedAt = deps.now();
  const parts = await deps.previews.parts(head);
  if (isDone(head, parts) || !isStalled(head, parts, startedAt)) return;
  if (await deps.previews.startAgain(head, startedAt)) await start(deps, { ...head, attempt: head.attempt + 1 });
};

const isFresh = async ({ previews, now }: Deps, head: PreviewHead): Promise<boolean> =>
  now() - head.at < FRESH_FOR || !isDone(head, await previews.parts(head));

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
  await start(deps, head);
  return head;
};

/** Asked the same again, it gives what there is, and sees to it that the work goes on: so whoever lost sight of one asks again. */
const preview = (deps: Deps): Route =>
  route(z.object({ body: Asked }), async ({ body: { model, lastMonths, fresh } }) => {
    const read = publishable(model);
    if ('faults' in read) {
      const errors = read.faults.map(({ path, message }) => ({ pointer: jsonPointer(['model', ...path]), message }));
      return problem(422, 'The model is not valid, and cannot be previewed', { errors });
    }
    const current = await deps.currentModel(0);
    if (!current) return problem(409, 'No model is in force yet, so there is nothing to compare this one with');
    const found = fresh
      ? undefined
      : await deps.previews.get(deps.previews.idOf(read.model, lastMonths, current.version));
    if (!found || !(await isFresh(deps, found))) {
      return { status: 202, body: await shown(deps, await begun(deps, read.model, current.version, lastMonths)) };
    }
    await goOn(deps, found);
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
