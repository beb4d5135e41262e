import * as z from 'zod';
import { type ModelList, ModelPath, type Published } from '../../shared/api/admin.ts';
import { iso } from '../../shared/api/instant.ts';
import { jsonPointer, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { canonicalJson } from '../../shared/kernel/json.ts';
import { publishable } from '../../shared/mailing/publishable.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Deps } from './deps.ts';

type Version = { readonly version: number; readonly publishedAt: number };
type Found = (Version & { readonly model: Model }) | undefined;

const shown = (found: Found) =>
  found
    ? { status: 200, body: { version: found.version, publishedAt: iso(found.publishedAt), model: found.model } }
    : problem(404, 'There is no such model');

const answer = ({ version, publishedAt }: Version, changed: boolean): Published => ({
  version,
  publishedAt: iso(publishedAt),
  changed,
});

/**
 * A refusal names every fault; what is published is in force for everybody within a minute. The model that is in force
 * already gets no new number: everybody would be reckoned anew for nothing.
 */
const publish = ({ currentModel, publishModel, now }: Deps): Route =>
  route(z.object({ body: z.unknown() }), async ({ body }) => {
    const read = publishable(body);
    if ('faults' in read) {
      const errors = read.faults.map(({ path, message }) => ({ pointer: jsonPointer(path), message }));
      return problem(422, 'The model is not valid, and was not published', { errors });
    }
    const current = await currentModel(0);
    if (current && canonicalJson(current.model) === canonicalJson(read.model)) {
      return { status: 200, body: answer(current, false) };
    }
    const publishedAt = now();
    try {
      const version = await publishModel(read.model, { publishedAt });
      return { status: 201, body: answer({ version, publishedAt }, true) };
    } catch (error) {
      if (error instanceof Error && error.name === 'ModelTooLarge') return problem(413, error.message);
      throw error;
    }
  });

export const modelRoutes = (deps: Deps): Readonly<Record<string, Route>> => ({
  'GET /v1/models': route(z.object({}), async () => {
    const models = (await deps.models()).map((entry) => ({ ...entry, publishedAt: iso(entry.publishedAt) }));
    const body: ModelList = { models };
    return { status: 200, body };
  }),
  'GET /v1/models/current': route(z.object({}), async () => shown(await deps.currentModel(0))),
  'GET /v1/models/{version}': route(z.object({ params: ModelPath }), async ({ params }) =>
    shown(await deps.modelVersion(params.version)),
  ),
  'POST /v1/models': publish(deps),
});
