import type { ActivityEvent } from '../../events/envelope.ts';
import type { CompiledModel } from './compile.ts';
import { evolve, NOBODY } from './evolve.ts';
import { comparePositions } from './position.ts';
import type { Standing } from './standing.ts';

/** The standing that a set of events of one member gives, in whatever order they come; each event must be there once. */
export const fold = (model: CompiledModel, events: readonly ActivityEvent[]): Standing =>
  events.toSorted(comparePositions).reduce((standing, event) => evolve(model, standing, event).standing, NOBODY);
