import { z } from 'zod';
import { type ModelList, ModelPath, type Published } from '../../shared/api/admin.ts';
import { iso } from '../../shared/api/instant.ts';
import { jsonPointer, problem } from '../../shared/api/problem.ts';
import { type Route, route } from '../../shared/api/route.ts';
import { publishable } from '../../shared/mailing/publishable.ts';
import type { Model } from '../../shared/scoring/model.ts';
import type { Deps } from './deps.ts';

type Found = { readonly version: number; readonly publishedAt: number; readonly model: Model } | undefined;

const shown = (found: Found) =>
  found
    ? { status: 200, body: { version: found.version, publishedAt: iso(found.publishedAt), model: found.model } }
    : problem(404, 'There is no such model');

/** A refusal names every fault; what is published is in force for everybody within a minute. */
const publish = ({ publishModel, now }: Pick<Deps, 'publishModel' | 'now'>): Route =>
  route(z.object({ body: z.unknown() }), async ({ body }) => {
    const read = publishable(body);
    if ('faults' in read) {
      const errors = read.faults.map(({ path, message }) => ({ pointer: jsonPointer(path), message }));
      return problem(422, 'The model is not valid, and was not published', { errors });
    }
    const publishedAt = now();
    try {
      const version = await publishModel(read.model, { publishedAt });
      const answer: Published = { version, publishedAt: iso(publishedAt) };
      return { status: 201, body: answer };
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
