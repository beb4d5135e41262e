import { compile, NO_MODEL } from '../scoring/compile.ts';
import type { Model } from '../scoring/model.ts';
import type { CompiledVersion, PublishedModel } from '../scoring/published-model.ts';
import type { ConfigStore } from './config-store.ts';

/** The published models, each version compiled once for as long as the store holds it. */
export const publishedModels = ({ currentModel, modelVersion }: Pick<ConfigStore, 'currentModel' | 'modelVersion'>) => {
  const kept = new WeakMap<Model, PublishedModel>();
  const published = (found: { version: number; model: Model } | undefined): PublishedModel | undefined => {
    if (!found) return undefined;
    const { version, model } = found;
    const known = kept.get(model) ?? { version, model, compiled: compile(model) };
    kept.set(model, known);
    return known;
  };
  return {
    /** A minute old at the most; undefined before any is published. */
    current: async () => published(await currentModel()),
    version: async (version: number) => published(await modelVersion(version)),
    /**
     * The current one, read anew where the copy at hand is older than a version that the caller has seen already.
     * Before any is published: version 0, under which nothing counts.
     */
    atLeast: async (version: number): Promise<CompiledVersion> => {
      const current = await currentModel();
      const fresh = (current?.version ?? 0) < version ? await currentModel(0) : current;
      return published(fresh) ?? { version: 0, compiled: NO_MODEL };
    },
  };
};
