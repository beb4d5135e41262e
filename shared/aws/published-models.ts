import * as z from 'zod';
import { type CompiledModel, compile, NO_MODEL } from '../scoring/compile.ts';
import type { Model } from '../scoring/model.ts';
import type { CompiledVersion, PublishedModel } from '../scoring/published-model.ts';
import type { ConfigStore } from './config-store.ts';
import type { ModelVersion } from './model-versions.ts';

/** By the model and not by its number: a model that is taken back comes again under another. */
const compiledModels = new WeakMap<Model, CompiledModel>();

const compiledOf = (model: Model): CompiledModel => {
  const compiled = compiledModels.get(model) ?? compile(model);
  compiledModels.set(model, compiled);
  return compiled;
};

/** The published models, each compiled once. */
export const publishedModels = ({ currentModel, modelVersion }: Pick<ConfigStore, 'currentModel' | 'modelVersion'>) => {
  const published = (found: ModelVersion | undefined): PublishedModel | undefined => {
    if (!found) return undefined;
    const { version, model, publishedAt, announce = false } = found;
    return { version, model, compiled: compiledOf(model), publication: { at: publishedAt, announce } };
  };
  const version = async (number: number) => published(await modelVersion(number));
  return {
    /** A minute old at the most; undefined before any is published. */
    current: async () => published(await currentModel()),
    version,
    /** The same; undefined also where it was published in a form that is not valid any more. */
    earlier: async (number: number) => {
      try {
        return await version(number);
      } catch (error) {
        if (error instanceof z.ZodError) return undefined;
        throw error;
      }
    },
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
