import type { Model } from '../scoring/model.ts';

/** A warning is most likely a mistake; an info may well be meant, and is worth a look. Neither stops publishing. */
export type Level = 'warning' | 'info';

/** Something about a valid model that its author may not have meant. */
export type Finding = {
  readonly path: readonly PropertyKey[];
  readonly level: Level;
  readonly message: string;
  /** What to do about it, where that can be told, in words after "did you mean". */
  readonly mend?: string;
};

/** One thing to look for in a valid model. */
export type Lint = { readonly name: string; readonly look: (model: Model) => readonly Finding[] };
