import { type CompiledModel, compile } from './compile.ts';
import type { Model } from './model.ts';

/** `compile`, done once for each model object, for as long as somebody holds it. */
export const compiledOnce = (): ((model: Model) => CompiledModel) => {
  const kept = new WeakMap<Model, CompiledModel>();
  return (model) => {
    const compiled = kept.get(model) ?? compile(model);
    kept.set(model, compiled);
    return compiled;
  };
};
