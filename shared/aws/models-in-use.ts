import type { PublishedModel } from '../risk/present.ts';
import { compile } from '../scoring/compile.ts';
import type { Model } from '../scoring/model.ts';
import type { ConfigStore } from './config-store.ts';

/** The published models with their documents, each version compiled once. */
export const modelsInUse = ({ currentModel, modelVersion }: Pick<ConfigStore, 'currentModel' | 'modelVersion'>) => {
  const kept = new WeakMap<Model, PublishedModel>();
  const inUse = (found: { version: number; model: Model } | undefined): PublishedModel | undefined => {
    if (!found) return undefined;
    const { version, model } = found;
    const known = kept.get(model) ?? { version, model, compiled: compile(model) };
    kept.set(model, known);
    return known;
  };
  return {
    current: async (): Promise<PublishedModel | undefined> => inUse(await currentModel()),
    version: async (version: number): Promise<PublishedModel | undefined> => inUse(await modelVersion(version)),
  };
};
