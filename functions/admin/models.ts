import * as z from 'zod';
import { type ModelList, ModelPath, type Published, RollbackBody } from '../../shared/api/admin.ts';
import { iso } from '../../shared/api/instant.ts';
import { faultsOf, jsonPointer, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { Publishing, type VersionNotes } from '../../shared/model/notes.ts';
import { DEFAULT_PACE } from '../../shared/model/rescore.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Deps } from './deps.ts';
import { lettersOf, readDraft } from './draft.ts';

type Version = VersionNotes & { readonly version: number; readonly publishedAt: number };
type ToPublish = VersionNotes & Pick<Publishing, 'rescore'>;
type Found = (Version & { readonly model: Model }) | undefined;

/** A version that is not there: says which are. */
const noSuchVersion = async ({ currentVersion }: Deps) => {
  const newest = await currentVersion();
  return problem(
    404,
    newest === undefined
      ? 'No model has been published yet'
      : `There is no such version of the model: they go from 1 to ${newest}`,
  );
};

const show = async (deps: Deps, found: Found) =>
  found ? { status: 200, body: { ...found, publishedAt: iso(found.publishedAt) } } : noSuchVersion(deps);

const answer = ({ version, publishedAt }: Version, changed: boolean): Published => ({
  version,
  publishedAt: iso(publishedAt),
  changed,
});

const WithNotes = Publishing.extend({ model: z.unknown() });
const isWithNotes = (body: unknown): boolean =>
  body !== null && typeof body === 'object' && Object.hasOwn(body, 'model');

/** A model and its notes, or all that is wrong with them. A model may come by itself: it has no key `model`. */
const readModel = async (body: unknown) => {
  if (!isWithNotes(body)) {
    const read = await readDraft(body);
    return 'faults' in read
      ? { errors: read.faults.map(({ path, message }) => ({ pointer: jsonPointer(path), message })) }
      : { ...read, notes: {} };
  }
  const outer = WithNotes.safeParse(body);
  if (!outer.success) return { errors: faultsOf(outer.error) };
  const { model, ...notes } = outer.data;
  const read = await readDraft(model);
  return 'faults' in read
    ? { errors: read.faults.map(({ path, message }) => ({ pointer: jsonPointer(['model', ...path]), message })) }
    : { ...read, notes };
};

/**
 * The model that is in force already gets no new number: everybody would be reckoned anew for nothing. A rescore is
 * there before the version is in force, so that it never lacks one.
 */
const putInForce = async (deps: Deps, model: Model, { rescore = {}, ...notes }: ToPublish) => {
  const { currentModel, publishModel, countBehind, startRescore, now } = deps;
  const current = await currentModel(0);
  if (current && canonicalJson(current.model) === canonicalJson(model)) {
    return { status: 200, body: answer(current, false) };
  }
  const publishedAt = now();
  try {
    const letters = await lettersOf(model);
    const version = await publishModel(model, letters, { ...notes, publishedAt }, async (version) => {
      if (rescore === false) return;
      const { pace = DEFAULT_PACE } = rescore;
      await startRescore({ version, pace, total: await countBehind(version) }, publishedAt);
    });
    return { status: 201, body: answer({ version, publishedAt }, true) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelTooLarge') return problem(413, error.message);
    throw error;
  }
};

/** A refusal names every fault; what is published is in force for everybody within a minute. */
const publish = (deps: Deps): Route =>
  route(z.object({ body: z.unknown() }), async ({ body }) => {
    const read = await readModel(body);
    return 'errors' in read
      ? problem(422, 'The model is not valid, and was not published', { errors: read.errors })
      : putInForce(deps, read.model, read.notes);
  });

/** Numbers only grow, so that whoever was reckoned under a later version is reckoned again, and never twice in turn. */
const rollback = (deps: Deps): Route =>
  route(z.object({ params: ModelPath, body: RollbackBody }), async ({ params, body }) => {
    const earlier = await deps.modelVersion(params.version);
    return earlier ? putInForce(deps, earlier.model, { ...body, rollbackOf: earlier.version }) : noSuchVersion(deps);
  });

export const modelRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/models': route(z.object({}), async () => {
    const models = (await deps.models()).map((entry) => ({ ...entry, publishedAt: iso(entry.publishedAt) }));
    const body: ModelList = { models };
    return { status: 200, body };
  }),
  'GET /v1/models/current': route(z.object({}), async () => show(deps, await deps.currentModel(0))),
  'GET /v1/models/{version}': route(z.object({ params: ModelPath }), async ({ params }) =>
    show(deps, await deps.modelVersion(params.version)),
  ),
  'POST /v1/models': publish(deps),
  'POST /v1/models/{version}/rollback': rollback(deps),
});
