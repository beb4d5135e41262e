import type { CompiledModel } from './compile.ts';
import type { Model } from './model.ts';

/** A version of the scoring model, ready to fold with. */
export type CompiledVersion = { readonly version: number; readonly compiled: CompiledModel };

/** The same together with its document. */
export type PublishedModel = CompiledVersion & { readonly model: Model };
