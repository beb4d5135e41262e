import type { PublishedModel } from '../journeys/next-snapshot.ts';
import { compile, NO_MODEL } from '../scoring/compile.ts';
import type { Model } from '../scoring/model.ts';
import type { ConfigStore } from './config-store.ts';

/**
 * The current model, compiled once per version. At most a minute old, and never older than a version that the caller
 * has seen already. Before any is published: version 0, under which nothing counts.
 */
export const publishedModel = ({ currentModel }: Pick<ConfigStore, 'currentModel'>) => {
  const compiled = new WeakMap<Model, PublishedModel>();
  return async (atLeast = 0): Promise<PublishedModel> => {
    const kept = await currentModel();
    const current = (kept?.version ?? 0) < atLeast ? await currentModel(0) : kept;
    if (!current) return { version: 0, compiled: NO_MODEL };
    const { version, model } = current;
    const published = compiled.get(model) ?? { version, compiled: compile(model) };
    compiled.set(model, published);
    return published;
  };
};
