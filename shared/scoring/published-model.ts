import { type CompiledModel, NO_MODEL } from './compile.ts';
import type { Model } from './model.ts';

/** When a version came into force, epoch ms, and whether members and owners are told what it changed by itself. */
export type Publication = { readonly at: number; readonly announce: boolean };

/** A version of the scoring model, ready to fold with. One that nobody published has no publication. */
export type CompiledVersion = {
  readonly version: number;
  readonly compiled: CompiledModel;
  readonly publication?: Publication;
};

/** The same together with its document. */
export type PublishedModel = CompiledVersion & { readonly model: Model };

/** What is in force before any model is published. */
export const NOTHING_IN_FORCE: PublishedModel = {
  version: 0,
  compiled: NO_MODEL,
  model: {
    title: '',
    timeZone: NO_MODEL.timeZone,
    scores: [],
    grades: [],
    rules: [],
    capGroups: [],
    journeys: [],
    messages: [],
    staleAfter: '0 days',
  },
};
